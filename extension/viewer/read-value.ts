import * as vscode from "vscode";
import { type ReadValue, type ReadValueArguments, readValueRequest } from "#protocol";
import { Refusal } from "../edge.ts";

/** A debug session that values are read from, as long as it is there. */
export interface ReadSession {
  /** Null where there was one before the window was loaded anew. */
  readonly session: vscode.DebugSession | null;
  isOver(): boolean;
}

/** A session that is over. */
export const sessionOver: ReadSession & vscode.Disposable = {
  session: null,
  isOver: () => true,
  dispose: () => {},
};

/** Watches whether a session is over. */
export function readSession(session: vscode.DebugSession): ReadSession & vscode.Disposable {
  let over = false;
  const subscription = vscode.debug.onDidTerminateDebugSession(({ id }) => {
    if (id === session.id) over = true;
  });
  return { session, isOver: () => over, dispose: () => subscription.dispose() };
}

/** A part of a value. What the adapter refuses, and that the session is over, is a {@link Refusal} in words. */
export async function readValue(
  { session, isOver }: ReadSession,
  args: ReadValueArguments,
): Promise<ReadValue> {
  let answer: unknown;
  try {
    answer = isOver() ? undefined : await session?.customRequest(readValueRequest.name, args);
  } catch (error) {
    if (!isOver()) throw new Refusal(error instanceof Error ? error.message : String(error));
  }
  if (answer === undefined)
    throw new Refusal(
      "The debug session is over, and no more of this value can be read. Open the run again with Debug Recorded Run….",
    );
  return readValueRequest.body.parse(answer);
}
