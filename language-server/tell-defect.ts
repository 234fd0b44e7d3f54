import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";

/**
 * Tells the client of a defect of ours and logs it. By notifications alone: a request that the client has no answer to
 * would be a defect in its turn, and so on without end.
 */
export function tellDefect(connection: Connection, error: Error): void {
  connection.console.error(error.stack ?? String(error));
  void connection.sendNotification(ShowMessageNotification.type, {
    type: MessageType.Error,
    message: `FlowMason's language server met a defect of its own: ${error.message}. Its output has the details; please report them.`,
  });
}
