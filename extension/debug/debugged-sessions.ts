import * as vscode from "vscode";
import { DEBUG_TYPE } from "#protocol";
import { Refusal } from "../edge.ts";
import type { CallStackPlace } from "./call-stack-place.ts";
import type { RunViews } from "./run-views.ts";

/** The sessions of our debugger that are there: the one in front is not always the one that a menu was opened on. */
export interface DebuggedSessions extends vscode.Disposable {
  /** The one in front. Throws a {@link Refusal} where none is. */
  inFront(): vscode.DebugSession;
  /** The one of a menu of the call stack, else the one in front. Throws a {@link Refusal} where that is over. */
  of(menu: CallStackPlace | undefined): vscode.DebugSession;
  /** The one whose run a file's canvas shows. Throws a {@link Refusal} where there is none. */
  showing(file: vscode.Uri): vscode.DebugSession;
}

/** Follows which sessions there are, until it is disposed of. */
export function createDebuggedSessions(runs: RunViews): DebuggedSessions {
  const sessions = new Map<string, vscode.DebugSession>();
  const subscriptions = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      if (session.type === DEBUG_TYPE) sessions.set(session.id, session);
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => sessions.delete(id)),
  );
  const inFront = (): vscode.DebugSession => {
    const session = vscode.debug.activeDebugSession;
    if (session?.type !== DEBUG_TYPE)
      throw new Refusal(
        "No pipeline is being debugged. Start one with F5, or open a run that is over with Debug Recorded Run….",
      );
    return session;
  };
  const withId = (id: string): vscode.DebugSession | undefined => {
    const front = vscode.debug.activeDebugSession;
    // One that was there before this was listens to nobody.
    return sessions.get(id) ?? (front?.id === id ? front : undefined);
  };
  return {
    inFront,
    of(menu) {
      if (menu === undefined) return inFront();
      const session = withId(menu.sessionId);
      if (session === undefined) throw new Refusal("That run is over.");
      return session;
    },
    showing(file) {
      const { session } = runs.of(file);
      const found = session === null ? undefined : withId(session);
      if (found === undefined) {
        inFront();
        throw new Refusal(`No run of ${vscode.workspace.asRelativePath(file)} is being debugged.`);
      }
      return found;
    },
    dispose: () => subscriptions.dispose(),
  };
}
