import * as vscode from "vscode";
import { DEBUG_TYPE } from "#protocol";

/** Sessions that are gone through at most. */
const MOST = 32;

/**
 * Has VS Code show the session of our debugger that starts next, once it has: where another one is stopped it keeps that
 * in front, and no API chooses a session. Its command for the consoles does, one session at a time. Resolves when the
 * session is in front, or when `start` did not start one.
 */
export async function startInFront(start: () => Thenable<boolean>): Promise<void> {
  let started: vscode.DebugSession | undefined;
  const subscription = vscode.debug.onDidStartDebugSession((session) => {
    if (session.type === DEBUG_TYPE) started ??= session;
  });
  try {
    if (!(await start())) return;
  } finally {
    subscription.dispose();
  }
  const isInFront = (): boolean => vscode.debug.activeDebugSession?.id === started?.id;
  for (let tries = 0; started !== undefined && !isInFront() && tries < MOST; tries += 1)
    await vscode.commands.executeCommand("workbench.action.debug.prevConsole");
}
