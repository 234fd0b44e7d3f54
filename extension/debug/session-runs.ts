import * as vscode from "vscode";
import { DEBUG_TYPE, type TimelineRun, timelineEvent, timelineRequest } from "#protocol";
import { bringToFront } from "./bring-to-front.ts";
import type { CallStackPlace } from "./call-stack-place.ts";

/** Which recorded runs the sessions of our debugger are of. */
export interface SessionRuns extends vscode.Disposable {
  /** The run of a session; null where it is not recorded, or has not begun. */
  of(session: vscode.DebugSession): Promise<TimelineRun | null>;
  /** The run of the session that a menu was opened on, else of the one in front; null where there is none. */
  ofMenu(menu: CallStackPlace | undefined): Promise<TimelineRun | null>;
  /** Somebody who asked has heard which run a session is of. */
  learn(session: vscode.DebugSession, run: TimelineRun): void;
  /** Has VS Code show the session that is of a run; false where there is none. */
  bringForward(runId: string): Promise<boolean>;
  /** A session is over whose run is known. */
  readonly onDidEnd: vscode.Event<{ readonly session: vscode.DebugSession; readonly run: TimelineRun }>;
}

/** Follows all sessions until it is disposed of. */
export function createSessionRuns(): SessionRuns {
  const known = new Map<string, TimelineRun>();
  const sessions = new Map<string, vscode.DebugSession>();
  const ended = new vscode.EventEmitter<{
    readonly session: vscode.DebugSession;
    readonly run: TimelineRun;
  }>();
  const subscriptions = vscode.Disposable.from(
    ended,
    vscode.debug.onDidStartDebugSession((session) => {
      if (session.type === DEBUG_TYPE) sessions.set(session.id, session);
    }),
    vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
      if (event !== timelineEvent.name) return;
      // Whoever shows the timeline reports what cannot be read.
      const run = timelineEvent.body.safeParse(body).data?.run;
      if (run) known.set(session.id, run);
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      sessions.delete(session.id);
      const run = known.get(session.id);
      known.delete(session.id);
      if (run !== undefined) ended.fire({ session, run });
    }),
  );
  const of = async (session: vscode.DebugSession): Promise<TimelineRun | null> => {
    const told = known.get(session.id);
    if (told !== undefined) return told;
    const answer: unknown = await session.customRequest(timelineRequest.name, { start: 0, count: 0 });
    const { run } = timelineRequest.body.parse(answer).state;
    if (run !== null) known.set(session.id, run);
    return run;
  };
  return {
    of,
    async ofMenu(menu) {
      const front = vscode.debug.activeDebugSession;
      const session = menu === undefined ? front : (sessions.get(menu.sessionId) ?? front);
      return session?.type === DEBUG_TYPE ? await of(session) : null;
    },
    learn: ({ id }, run) => {
      if (sessions.has(id)) known.set(id, run);
    },
    async bringForward(runId) {
      for (const session of sessions.values()) {
        // One that ends meanwhile is not the one.
        const run = await of(session).catch(() => null);
        if (run?.id === runId) return await bringToFront(session.id);
      }
      return false;
    },
    onDidEnd: ended.event,
    dispose: () => subscriptions.dispose(),
  };
}
