import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  type CodeActionClientCapabilities,
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  FileChangeType,
  type FileEvent,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  type Position,
  type ProtocolConnection,
  type ProtocolRequestType,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver/node";
import { type ResolveAnswer, resolvedChanged, resolveRequest } from "#protocol";

const root = join(import.meta.dirname, "../..");

/** The built server; FLOWMASON_LANGUAGE_SERVER names another entry, such as the source while working on it. */
const server = join(root, process.env["FLOWMASON_LANGUAGE_SERVER"] ?? "dist/node/language-server.mjs");
/** The built command line, whose `fm lsp` is the same server. */
const cli = join(root, process.env["FLOWMASON_CLI"] ?? "dist/node/cli.mjs");

/** The ways to start a server: as any client does, as VS Code does, and by `fm lsp`. */
export type Start = "stdio" | "node-ipc" | "fm lsp";

/** An editor as the server sees one, with the server in a process of its own. */
export interface Client {
  readonly introduction: InitializeResult;
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void;
  close(uri: string): void;
  request<P, R, PR, E, RO>(type: ProtocolRequestType<P, R, PR, E, RO>, params: P): Promise<R>;
  /** The diagnostics of a text once those of that version have come. */
  diagnostics(uri: string, version: number): Promise<readonly Diagnostic[]>;
  /** The diagnostics of a file once they are published such that this holds for the messages; those of the past count. */
  diagnosticsWhen(
    uri: string,
    holds: (messages: readonly string[]) => boolean,
  ): Promise<readonly Diagnostic[]>;
  completion(uri: string, position: Position): Promise<readonly CompletionItem[]>;
  hover(uri: string, position: Position): Promise<Hover | null>;
  notify(method: string, params?: object): void;
  /** What the server has sent of a notification that is not the protocol's own. */
  notified(method: string): readonly unknown[];
  /** The next diagnostics of a text, whatever their version, that are as wished. */
  next(
    uri: string,
    isWished: (diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]>;
  /** Tells that a file was written, made or deleted, as a client that watches files does. */
  fileChanged(uri: string): void;
  resolve(uri: string): Promise<ResolveAnswer>;
  /** Resolves when the server says that the text would be resolved to something else. */
  resolvedChange(uri: string): Promise<void>;
  /** For what has no method of its own here. */
  readonly connection: ProtocolConnection;
  /** Everything that was published, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** Resolves when everything sent before has been answered for. */
  settled(): Promise<void>;
  /** Asks the server to end; gives its exit code. */
  stop(): Promise<number | null>;
  /** What came on standard error. */
  stderr(): string;
}

/** Starts a server and introduces a client to it. */
export async function startClient(
  start: Start,
  {
    codeAction,
    ...capabilities
  }: {
    readonly relatedInformation: boolean;
    readonly codeAction?: CodeActionClientCapabilities;
  } = { relatedInformation: true },
  initializationOptions?: object,
): Promise<Client> {
  const child = startServer(start);
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const connection = connect(child, start);
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
    for (const look of [...waiting]) look();
  });
  const notifications: { readonly method: string; readonly params: unknown }[] = [];
  connection.onUnhandledNotification(({ method, ...message }) => {
    notifications.push({ method, params: "params" in message ? message.params : undefined });
  });
  connection.listen();
  const introduction = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { publishDiagnostics: capabilities, ...(codeAction && { codeAction }) } },
    initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});
  const send = (sent: Promise<void>): void => {
    sent.catch((error: unknown) => {
      throw error;
    });
  };

  return {
    introduction,
    published,
    connection,
    stderr: () => stderr,
    open(uri, text, languageId = "flowmason-pipeline") {
      send(
        connection.sendNotification(DidOpenTextDocumentNotification.type, {
          textDocument: { uri, languageId, version: 1, text },
        }),
      );
    },
    change(uri, version, changes) {
      send(
        connection.sendNotification(DidChangeTextDocumentNotification.type, {
          textDocument: { uri, version },
          contentChanges: [...changes],
        }),
      );
    },
    close(uri) {
      send(connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }));
    },
    request: (type, params) => connection.sendRequest(type.method, params),
    diagnostics: (uri, version) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = published.findLast((params) => params.uri === uri && params.version === version);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found.diagnostics);
        };
        waiting.add(look);
        look();
      }),
    diagnosticsWhen: (uri, holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          const last = published.findLast((params) => params.uri === uri);
          if (
            last === undefined ||
            !holds(
              last.diagnostics.map(({ message }) => (typeof message === "string" ? message : message.value)),
            )
          )
            return;
          waiting.delete(look);
          resolve(last.diagnostics);
        };
        waiting.add(look);
        look();
      }),
    next: (uri, isWished) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = published.findLast((params) => params.uri === uri);
          if (found === undefined || !isWished(found.diagnostics)) return;
          waiting.delete(look);
          resolve(found.diagnostics);
        };
        waiting.add(look);
        look();
      }),
    async completion(uri, position) {
      const given = await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
      return Array.isArray(given) ? given : (given?.items ?? []);
    },
    hover: (uri, position) => connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }),
    notify(method, params) {
      send(connection.sendNotification(method, params));
    },
    notified: (method) => notifications.filter((each) => each.method === method).map(({ params }) => params),
    fileChanged(uri) {
      const changes: FileEvent[] = [{ uri, type: FileChangeType.Changed }];
      send(connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes }));
    },
    resolve: async (uri) =>
      resolveRequest.result.parse(await connection.sendRequest(resolveRequest.name, { uri })),
    resolvedChange: (uri) =>
      new Promise((resolve) => {
        connection.onNotification(resolvedChanged.name, (params: unknown) => {
          if (resolvedChanged.params.parse(params).uri === uri) resolve();
        });
      }),
    async settled() {
      // A method that nobody has is answered in turn, after what was sent before it and what that set off.
      for (let turn = 0; turn < 2; turn++) await connection.sendRequest("test/echo").catch(() => undefined);
    },
    async stop() {
      const ended = once(child, "exit");
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      const [code] = await ended;
      connection.dispose();
      return code;
    },
  };
}

function startServer(start: Start): ChildProcess {
  switch (start) {
    case "stdio":
      return spawn(process.execPath, [server, "--stdio"], { stdio: "pipe" });
    case "node-ipc":
      return fork(server, ["--node-ipc"], { stdio: ["ignore", "pipe", "pipe", "ipc"], execArgv: [] });
    case "fm lsp":
      return spawn(process.execPath, [cli, "lsp"], { stdio: "pipe" });
  }
}

function connect(child: ChildProcess, start: Start): ProtocolConnection {
  if (start === "node-ipc") {
    return createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  }
  if (child.stdout === null || child.stdin === null) throw new Error("The server has no standard streams.");
  return createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
}
