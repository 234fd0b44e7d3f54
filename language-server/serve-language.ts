import { type Connection, PositionEncodingKind, TextDocumentSyncKind } from "vscode-languageserver";
import { diagnosticOf } from "./diagnostic.ts";
import { type OpenText, openText } from "./open-text.ts";

/** The language that the server is for; a file of that name is taken whatever its language is called elsewhere. */
const languageId = "flowmason-pipeline";
const fileName = ".pipeline.json";

/** Runs a task once what has come in already is taken in. */
export type Defer = (task: () => void) => void;

/**
 * Answers a client until it goes. Problems of a text are published after each change, with the version they are of;
 * changes that come in together are looked at together.
 */
export function serveLanguage(connection: Connection, defer: Defer): void {
  const texts = new Map<string, OpenText>();
  const changed = new Set<string>();
  let canRelate = false;

  connection.onInitialize(({ capabilities }) => {
    canRelate = capabilities.textDocument?.publishDiagnostics?.relatedInformation ?? false;
    return {
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      },
      serverInfo: { name: "FlowMason" },
    };
  });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, version, text } = textDocument;
    if (textDocument.languageId !== languageId && !uri.endsWith(fileName)) return;
    texts.set(uri, openText(text, version));
    checkSoon(uri);
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const open = texts.get(uri);
    if (open === undefined) return;
    open.change(contentChanges, version);
    checkSoon(uri);
  });

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    if (!texts.delete(uri)) return;
    changed.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  const checkSoon = (uri: string): void => {
    if (changed.has(uri)) return;
    changed.add(uri);
    defer(() => check(uri));
  };

  const check = (uri: string): void => {
    const open = texts.get(uri);
    if (!changed.delete(uri) || open === undefined) return;
    const { problems, lines, version } = open.check();
    const diagnostics = problems.map((problem) => diagnosticOf(problem, lines, canRelate ? uri : null));
    void connection.sendDiagnostics({ uri, version, diagnostics });
  };
}
