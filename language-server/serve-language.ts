import { pathToFileURL } from "node:url";
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  MessageType,
  PositionEncodingKind,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { builtInProject, type Project } from "#core/component-definitions";
import { heirsOf, tidyText } from "#core/pipeline";
import {
  type CalledPipelineAnswer,
  calledPipelineRequest,
  componentsLoaded,
  type FieldCompletions,
  type FieldHover,
  fieldCompletionsRequest,
  fieldHoverRequest,
  heirsRequest,
  type Inheritance,
  inheritanceChanged,
  inheritanceRequest,
  languageServerOptions,
  type RunsAnswer,
  resolvedChanged,
  resolveRequest,
  runsRequest,
  workspaceTrusted,
} from "#protocol";
import { createCalledPipelines } from "./called-pipelines.ts";
import {
  type ActionAbilities,
  type ActionData,
  canonicalActionKinds,
  canonicalActions,
  withCanonicalEdit,
} from "./canonical-actions.ts";
import { createCheckSettings } from "./check-settings.ts";
import { codeActions } from "./code-actions/code-actions.ts";
import { complete } from "./complete.ts";
import { facesOf } from "./component-faces.ts";
import { positionFromLsp } from "./convert.ts";
import { completeField, hoverField } from "./field/assist-field.ts";
import { hover } from "./hover.ts";
import { createInheritedParents } from "./inherited-parents.ts";
import { lineEdits } from "./line-edits.ts";
import { moduleDiagnostics } from "./module-diagnostics.ts";
import { type OpenText, openText } from "./open-text.ts";
import { createProjects } from "./projects.ts";
import { recordedRuns } from "./recorded-runs.ts";
import { prepareRename, rename } from "./rename.ts";
import { createResolvedTexts } from "./resolved-texts.ts";
import { createTextChecks, type Defer } from "./text-checks.ts";

/** The language that the server is for; a file of that name is taken whatever its language is called elsewhere. */
const languageId = "flowmason-pipeline";
const fileName = ".pipeline.json";

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
  const calledPipelines = createCalledPipelines();
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
    calledPipelines,
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

  connection.onDidChangeWatchedFiles(({ changes }) => projects.filesChanged(changes.map(({ uri }) => uri)));

  connection.onNotification(workspaceTrusted.name, () => projects.trust());

  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const open = texts.get(uri);
    if (open === undefined) return [];
    const document = open.read();
    const offset = open.lines.offsetAt(positionFromLsp(position));
    return [...complete(document, open.lines, projects.namesOf(uri), offset)];
  });

  connection.onHover(({ textDocument: { uri }, position }) => {
    const open = texts.get(uri);
    if (open === undefined) return null;
    const document = open.read();
    const offset = open.lines.offsetAt(positionFromLsp(position));
    return hover(document, open.lines, projects.definitionsOf(uri), offset);
  });

  connection.onRequest(fieldCompletionsRequest.name, (params: unknown): FieldCompletions => {
    const { uri, cursor } = fieldCompletionsRequest.params.parse(params);
    const open = openAt(uri);
    return completeField(open.read(), projectFor(uri, open), cursor);
  });

  connection.onRequest(fieldHoverRequest.name, (params: unknown): FieldHover | null => {
    const { uri, cursor } = fieldHoverRequest.params.parse(params);
    const open = openAt(uri);
    return hoverField(open.read(), projectFor(uri, open), cursor);
  });

  connection.onRequest(resolveRequest.name, (params: unknown) => {
    const { uri } = resolveRequest.params.parse(params);
    openAt(uri);
    checks.soon(uri);
    return resolvedTexts.next(uri);
  });

  connection.onRequest<CalledPipelineAnswer, void>(calledPipelineRequest.name, (params: unknown) => {
    const { uri, stage } = calledPipelineRequest.params.parse(params);
    openAt(uri);
    checks.soon(uri);
    return calledPipelines.next(uri, stage);
  });

  connection.onPrepareRename(({ textDocument: { uri }, position }) => {
    const open = openAt(uri);
    return prepareRename(open.read(), open.lines.offsetAt(positionFromLsp(position)));
  });

  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }) => {
    openAt(uri);
    const neighbours = await projects.neighboursOf(uri);
    const open = openAt(uri);
    const offset = open.lines.offsetAt(positionFromLsp(position));
    return rename({ uri, document: open.read() }, offset, newName, neighbours);
  });

  connection.onRequest(heirsRequest.name, async (params: unknown) => {
    const { uri } = heirsRequest.params.parse(params);
    openAt(uri);
    const { pipelines, path, uriOf } = await projects.neighboursOf(uri);
    const heirs = path === null ? [] : heirsOf(pipelines, path);
    return { uris: heirs.map((heir) => uriOf(heir.path)) };
  });

  connection.onRequest<Inheritance, void>(inheritanceRequest.name, (params: unknown) => {
    const { uri } = inheritanceRequest.params.parse(params);
    openAt(uri);
    checks.soon(uri);
    return inheritedParents.next(uri);
  });

  connection.onRequest(runsRequest.name, (params: unknown): Promise<RunsAnswer> => {
    const { folder, limit } = runsRequest.params.parse(params);
    return recordedRuns(folder, limit);
  });

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
    calledPipelines.closed(uri);
    inheritedParents.closed(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.onDocumentFormatting(({ textDocument: { uri } }) => {
    const document = texts.get(uri)?.read();
    const tidy = document && tidyText(document);
    return document !== undefined && tidy?.ok === true ? [...lineEdits(document.text, tidy.text)] : [];
  });

  connection.onCodeAction((params) => {
    const { uri } = params.textDocument;
    const open = texts.get(uri);
    if (open === undefined) return [];
    const text = checks.latest(uri);
    return [
      ...(text === null ? [] : codeActions(text, params)),
      ...canonicalActions(params, open, definitionsFor(uri, open), abilities),
    ];
  });

  connection.onCodeActionResolve((action) => {
    // One that has its edit already has no data.
    if (action.data === undefined) return action;
    // Only our own actions come back, with the data that they were given.
    const { uri } = action.data as ActionData;
    const open = texts.get(uri);
    if (open === undefined) return action;
    const resolved = withCanonicalEdit(action, open, definitionsFor(uri, open));
    if (resolved.ok) return resolved.action;
    connection.window.showWarningMessage(resolved.message);
    return action;
  });

  function openAt(uri: string): OpenText {
    const open = texts.get(uri);
    if (open === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `${uri} is no open pipeline.`);
    return open;
  }

  const projectFor = (uri: string, open: OpenText): Project =>
    projects.projectOf(uri, open.read())?.project ?? builtInProject;
  const definitionsFor = (uri: string, open: OpenText): Project["definitions"] =>
    projectFor(uri, open).definitions;
}
