import { pathToFileURL } from "node:url";
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type FileOperationRegistrationOptions,
  MessageType,
  PositionEncodingKind,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { builtInProject } from "#core/component-definitions";
import {
  componentsLoaded,
  inheritanceChanged,
  languageServerOptions,
  resolvedChanged,
  workspaceTrusted,
} from "#protocol";
import { type ActionAbilities, canonicalActionKinds } from "./canonical-actions.ts";
import { createCheckSettings } from "./check-settings.ts";
import { facesOf } from "./component-faces.ts";
import { createInheritedParents } from "./inherited-parents.ts";
import { moduleDiagnostics } from "./module-diagnostics.ts";
import { type OpenText, openText } from "./open-text.ts";
import { createProjects } from "./projects.ts";
import { createResolvedTexts } from "./resolved-texts.ts";
import { serveEditing } from "./serve-editing.ts";
import { serveOwnRequests } from "./serve-own-requests.ts";
import type { Served } from "./served.ts";
import { createTextChecks, type Defer } from "./text-checks.ts";

/** The language that the server is for; a file of that name is taken whatever its language is called elsewhere. */
const languageId = "flowmason-pipeline";
const fileName = ".pipeline.json";

/** Files that something may be named in, as an editor asks for it that creates, renames and deletes them. */
const anyFile: FileOperationRegistrationOptions = {
  filters: ["**/*.json", "**/*.{ts,js,mts,mjs}"].map((glob) => ({
    scheme: "file",
    pattern: { glob, matches: "file" },
  })),
};

/** The scheme of the texts in which the extension shows resolved pipelines. */
const resolvedScheme = "flowmason-resolved:";

/**
 * Answers a client until it goes. Problems of a text are published after each change, with the version they are of;
 * changes that come in together are looked at together.
 */
export function serveLanguage(connection: Connection, defer: Defer): void {
  const texts = new Map<string, OpenText>();
  let canRelate = false;
  let canWatch = false;
  let showsComponents = false;
  const modules = moduleDiagnostics((uri, diagnostics) => {
    void connection.sendDiagnostics({ uri, diagnostics });
  });
  let abilities: ActionAbilities = { laterEdit: false, disabled: false };
  const projects = createProjects({
    *openDocuments() {
      for (const [uri, { document }] of texts) yield [uri, document];
    },
    checkAgain: (uri) => checks.soon(uri),
    componentsLoaded: (root, own) => {
      modules.show(root, own);
      if (showsComponents)
        void connection.sendNotification(componentsLoaded.name, {
          root: pathToFileURL(root).href,
          components: facesOf(own),
        });
    },
    warn: (message) => connection.console.warn(message),
    // Thrown where nothing catches it but the process's edge.
    fail: (error) =>
      defer(() => {
        throw error;
      }),
  });

  const resolvedTexts = createResolvedTexts((uri) => {
    void connection.sendNotification(resolvedChanged.name, { uri });
  });
  const inheritedParents = createInheritedParents((uri, inheritance) => {
    void connection.sendNotification(inheritanceChanged.name, { uri, inheritance });
  });
  const settings = createCheckSettings((message) => {
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  });
  const checks = createTextChecks({
    texts,
    projects,
    settings,
    resolvedTexts,
    inheritedParents,
    canRelate: () => canRelate,
    publish: (uri, version, diagnostics) => {
      void connection.sendDiagnostics({ uri, version, diagnostics });
    },
    defer,
  });

  connection.onInitialize(({ capabilities, initializationOptions }) => {
    const told = languageServerOptions.safeParse(initializationOptions ?? {}).data;
    showsComponents = told?.showsComponents ?? false;
    if (told?.workspaceTrusted === true) projects.trust();
    canRelate = capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false;
    const action = capabilities.textDocument?.codeAction;
    abilities = {
      laterEdit: action?.dataSupport === true && action.resolveSupport?.properties.includes("edit") === true,
      disabled: action?.disabledSupport ?? false,
    };
    canWatch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    return {
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters: ['"'] },
        hoverProvider: true,
        documentFormattingProvider: true,
        renameProvider: { prepareProvider: true },
        codeActionProvider: { codeActionKinds: canonicalActionKinds, resolveProvider: true },
        workspace: { fileOperations: { didCreate: anyFile, didRename: anyFile, didDelete: anyFile } },
      },
      serverInfo: { name: "FlowMason" },
    };
  });

  connection.onInitialized(() => {
    if (!canWatch) return;
    // A pipeline's problems may come from the ones that it names, from components, and from the manifest.
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: "**/*.json" }, { globPattern: "**/*.{ts,js,mts,mjs}" }],
    });
  });

  // What the editor itself does to files it tells at once; who watches the disk learns of it later.
  connection.workspace.onDidCreateFiles(({ files }) => projects.filesChanged(files.map(({ uri }) => uri)));
  connection.workspace.onDidDeleteFiles(({ files }) => projects.filesChanged(files.map(({ uri }) => uri)));
  connection.workspace.onDidRenameFiles(({ files }) =>
    projects.filesChanged(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
  );

  connection.onDidChangeWatchedFiles(({ changes }) => projects.filesChanged(changes.map(({ uri }) => uri)));

  connection.onNotification(workspaceTrusted.name, () => projects.trust());

  connection.onDidChangeConfiguration((params) => {
    settings.configured(params.settings);
    for (const uri of texts.keys()) checks.soon(uri);
  });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, version, text } = textDocument;
    if (textDocument.languageId !== languageId && !uri.endsWith(fileName)) return;
    // What we have resolved ourselves is checked in its file.
    if (uri.startsWith(resolvedScheme)) return;
    texts.set(uri, openText(text, version));
    checks.soon(uri);
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const open = texts.get(uri);
    if (open === undefined) return;
    open.change(contentChanges, version);
    checks.soon(uri);
  });

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    if (!texts.delete(uri)) return;
    checks.closed(uri);
    projects.closed(uri);
    resolvedTexts.closed(uri);
    inheritedParents.closed(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  const served: Served = {
    connection,
    projects,
    checks,
    openedAt: (uri) => texts.get(uri) ?? null,
    openAt(uri) {
      const open = texts.get(uri);
      if (open === undefined)
        throw new ResponseError(ErrorCodes.InvalidParams, `${uri} is no open pipeline.`);
      return open;
    },
    projectFor: (uri, open) => projects.projectOf(uri, open.read())?.project ?? builtInProject,
  };
  serveEditing(served, () => abilities);
  serveOwnRequests(served, { resolvedTexts, inheritedParents });
}
