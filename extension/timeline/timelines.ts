import * as vscode from "vscode";
import {
  DEBUG_TYPE,
  jumpRequest,
  type Moment,
  type ShownTimeline,
  type TimelinePart,
  timelineEvent,
  timelineOverviewRequest,
  timelineRequest,
} from "#protocol";
import type { Edge } from "../edge.ts";

/** The timeline of the debug session in front, as its adapter tells it. */
export interface Timelines extends vscode.Disposable {
  shown(): ShownTimeline;
  readonly onDidChange: vscode.Event<ShownTimeline>;
  moments(session: string, start: number, count: number): Promise<readonly Moment[]>;
  overview(session: string, parts: number): Promise<readonly TimelinePart[]>;
  /** Why the run cannot be shown as of that moment; null where it is. */
  jump(session: string, moment: number): Promise<string | null>;
}

/** Follows the sessions of our debugger, until it is disposed of. */
export function createTimelines(edge: Edge): Timelines {
  const changed = new vscode.EventEmitter<ShownTimeline>();
  let front: vscode.DebugSession | undefined;
  let shown: ShownTimeline = null;

  const show = (next: ShownTimeline): void => {
    shown = next;
    changed.fire(next);
  };

  /** From the first question on the adapter tells of changes. */
  const ask = async (session: vscode.DebugSession): Promise<void> => {
    const answer: unknown = await session.customRequest(timelineRequest.name, { start: 0, count: 0 });
    if (front !== session) return;
    const { state } = timelineRequest.body.parse(answer);
    show({ session: session.id, name: session.name, state });
  };

  const bringForward = (session: vscode.DebugSession | undefined): void => {
    if (session === undefined || session.type !== DEBUG_TYPE || session === front) return;
    front = session;
    void edge.run("reading the timeline of the run", () =>
      ask(session).catch((error: unknown) => {
        // The session was over before the question arrived.
        if (front === session) throw error;
      }),
    );
  };

  const sessionOf = (id: string): vscode.DebugSession | undefined => (front?.id === id ? front : undefined);

  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.debug.onDidStartDebugSession(bringForward),
    vscode.debug.onDidChangeActiveDebugSession(bringForward),
    vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
      if (event !== timelineEvent.name || session !== front) return;
      const state = timelineEvent.body.safeParse(body);
      if (state.success) show({ session: session.id, name: session.name, state: state.data });
      else edge.report(state.error, `reading ${event} of ${session.name}`);
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (session !== front) return;
      front = undefined;
      show(null);
      bringForward(vscode.debug.activeDebugSession === session ? undefined : vscode.debug.activeDebugSession);
    }),
  );
  bringForward(vscode.debug.activeDebugSession);

  return {
    shown: () => shown,
    onDidChange: changed.event,
    async moments(id, start, count) {
      const session = sessionOf(id);
      if (session === undefined) return [];
      const answer: unknown = await session.customRequest(timelineRequest.name, { start, count });
      return timelineRequest.body.parse(answer).moments;
    },
    async overview(id, parts) {
      const session = sessionOf(id);
      if (session === undefined) return [];
      const answer: unknown = await session.customRequest(timelineOverviewRequest.name, { parts });
      return timelineOverviewRequest.body.parse(answer).parts;
    },
    async jump(id, moment) {
      const session = sessionOf(id);
      if (session === undefined) return "The session is over.";
      try {
        await session.customRequest(jumpRequest.name, { moment });
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    dispose: () => subscriptions.dispose(),
  };
}
