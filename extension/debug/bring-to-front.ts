import * as vscode from "vscode";
import { DEBUG_TYPE } from "#protocol";

/** Sessions that are gone through at most. */
const MOST = 32;

/**
 * Has VS Code show the session of our debugger that starts next, once it has: where another one is stopped it keeps that
 * in front, and no API chooses a session. Its command for the consoles does, one session at a time. Resolves when the
 * session is in front or has ended, or when `start` did not start one.
 */
export async function startInFront(start: () => Thenable<boolean>): Promise<void> {
  let started: vscode.DebugSession | undefined;
  let hasEnded = false;
  const subscriptions = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      if (session.type === DEBUG_TYPE) started ??= session;
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (session.id === started?.id) hasEnded = true;
    }),
  );
  const isToBeFound = (): boolean =>
    started !== undefined && !hasEnded && vscode.debug.activeDebugSession?.id !== started.id;
  try {
    if (!(await start())) return;
    for (let tries = 0; isToBeFound() && tries < MOST; tries += 1)
      await vscode.commands.executeCommand("workbench.action.debug.prevConsole");
  } finally {
    subscriptions.dispose();
  }
}

/** Has VS Code show a session, by its id; false where it does not get there. */
export async function bringToFront(id: string): Promise<boolean> {
  const isInFront = (): boolean => vscode.debug.activeDebugSession?.id === id;
  for (let tries = 0; !isInFront() && tries < MOST; tries += 1)
    await vscode.commands.executeCommand("workbench.action.debug.prevConsole");
  return isInFront();
}
