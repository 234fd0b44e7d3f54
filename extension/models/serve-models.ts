import * as vscode from "vscode";
import { DEBUG_TYPE, modelCancelledEvent, modelRequestEvent } from "#protocol";
import type { Edge } from "../edge.ts";
import { answerCall } from "./answer-call.ts";

/** Answers for VS Code's language models what the runs of all debug sessions ask, until it is disposed of. */
export function serveModels(edge: Edge): vscode.Disposable {
  // By session, then by call.
  const open = new Map<string, Map<string, vscode.CancellationTokenSource>>();

  const cancel = (session: string, id: string): void => open.get(session)?.get(id)?.cancel();

  const answer = async (session: vscode.DebugSession, body: unknown): Promise<void> => {
    const request = modelRequestEvent.body.parse(body);
    const source = new vscode.CancellationTokenSource();
    const calls = open.get(session.id) ?? new Map<string, vscode.CancellationTokenSource>();
    open.set(session.id, calls.set(request.id, source));
    try {
      await answerCall(session, request, source);
    } catch (error) {
      // A session that ends, or a call that is cancelled, while its answer is on the way wants it no longer.
      if (source.token.isCancellationRequested) return;
      throw error;
    } finally {
      calls.delete(request.id);
      source.dispose();
    }
  };

  const onEvent = ({ session, event, body }: vscode.DebugSessionCustomEvent): void => {
    if (session.type !== DEBUG_TYPE) return;
    if (event === modelRequestEvent.name)
      void edge.run("asking a language model", () => answer(session, body));
    if (event === modelCancelledEvent.name)
      void edge.run("cancelling a call of a language model", () =>
        cancel(session.id, modelCancelledEvent.body.parse(body).id),
      );
  };

  const cancelAll = (session: string): void => {
    for (const source of open.get(session)?.values() ?? []) source.cancel();
    open.delete(session);
  };

  return vscode.Disposable.from(
    vscode.debug.onDidReceiveDebugSessionCustomEvent(onEvent),
    vscode.debug.onDidTerminateDebugSession(({ id }) => cancelAll(id)),
    { dispose: () => [...open.keys()].forEach(cancelAll) },
  );
}
