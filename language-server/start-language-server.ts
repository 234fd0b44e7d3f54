import process from "node:process";
import { createConnection, IPCMessageReader, IPCMessageWriter } from "vscode-languageserver/node";
import { serveLanguage } from "./serve-language.ts";
import { tellDefect } from "./tell-defect.ts";
import { whenIdle } from "./when-idle.ts";

/**
 * Starts the server on this process's channel, `stdio` for any client or `node-ipc` for VS Code, until the client
 * says `exit` or goes; the connection then ends the process. Standard output belongs to the protocol.
 *
 * This is the edge of the process: a defect is told to the user and logged, and the server goes on, for what one
 * text sets off must not take the others' problems away.
 */
export function startLanguageServer(channel: "stdio" | "node-ipc"): void {
  const { messageStrategy, defer } = whenIdle();
  const connection =
    channel === "stdio"
      ? createConnection(process.stdin, process.stdout, { messageStrategy })
      : createConnection(new IPCMessageReader(process), new IPCMessageWriter(process), { messageStrategy });
  // Whoever started the server may have ended the process at the first.
  process.removeAllListeners("uncaughtException").on("uncaughtException", (error) => {
    tellDefect(connection, error);
  });
  serveLanguage(connection, defer);
  connection.listen();
}
