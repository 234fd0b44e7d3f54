import * as vscode from "vscode";
import {
  DEBUG_TYPE,
  type FamilyRow,
  jumpRequest,
  type Moment,
  type ShownTimeline,
  type TimelinePart,
  type TimelineRun,
  type TimelineState,
  timelineEvent,
  timelineOverviewRequest,
  timelineRequest,
} from "#protocol";
import { originOf } from "../debug/origin-of.ts";
import type { SessionRuns } from "../debug/session-runs.ts";
import type { Edge } from "../edge.ts";
import type { ReadFamily } from "../fork/run-family.ts";

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
export function createTimelines(edge: Edge, readFamily: ReadFamily, sessionRuns: SessionRuns): Timelines {
  const changed = new vscode.EventEmitter<ShownTimeline>();
  let front: vscode.DebugSession | undefined;
  let shown: ShownTimeline = null;

  const show = (next: ShownTimeline): void => {
    shown = next;
    changed.fire(next);
  };

  const families = new Map<string, readonly FamilyRow[]>();
  /** The family is asked for when a session is first shown, and when runs may have begun or ended. */
  const showState = (session: vscode.DebugSession, state: TimelineState): void => {
    if (state.run !== null) sessionRuns.learn(session, state.run);
    const own = state.run?.id ?? "";
    const family = families.get(own);
    show({ session: session.id, name: session.name, state, origin: originOf(session), family: family ?? [] });
    if (state.run !== null && family === undefined) readFamilyOf(state.run);
  };
  const readFamilyOf = ({ id, cwd }: TimelineRun): void => {
    families.set(id, families.get(id) ?? []);
    void edge.run("reading the forks of the run", async () => {
      families.set(id, await readFamily(vscode.Uri.file(cwd), id));
      if (shown?.state.run?.id === id) show({ ...shown, family: families.get(id) ?? [] });
    });
  };
  const readAgain = (): void => {
    const run = shown?.state.run ?? null;
    for (const id of families.keys()) if (id !== run?.id) families.delete(id);
    if (run !== null) readFamilyOf(run);
  };

  /** From the first question on the adapter tells of changes. */
  const ask = async (session: vscode.DebugSession): Promise<void> => {
    const answer: unknown = await session.customRequest(timelineRequest.name, { start: 0, count: 0 });
    if (front !== session) return;
    const { state } = timelineRequest.body.parse(answer);
    showState(session, state);
  };

  const bringForward = (session: vscode.DebugSession | undefined): void => {
    if (session === undefined || session.type !== DEBUG_TYPE || session === front) return;
    front = session;
    // Others may have been forked from its run while another was in front.
    families.clear();
    void edge.run("reading the timeline of the run", () =>
      ask(session).catch((error: unknown) => {
        // The session was over before the question arrived, or before its answer did: a short run without debugging is. VS
        // Code then cancels what is open first, and tells afterwards that the session has ended.
        if (front === session && !isCanceled(error)) throw error;
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
      if (state.success) showState(session, state.data);
      else edge.report(state.error, `reading ${event} of ${session.name}`);
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      readAgain();
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

/** What VS Code rejects a session's open requests with as that ends; across its processes it is an error like any other. */
function isCanceled(error: unknown): boolean {
  return error instanceof Error && error.message === "Canceled";
}
