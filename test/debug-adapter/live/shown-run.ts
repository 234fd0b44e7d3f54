import type { DebugProtocol } from "@vscode/debugprotocol";
import { type PastPoint, runStateEvent, type StageRunState } from "#protocol";
import type { WireClient } from "./wire-client.ts";

/** What a client shows of a run, as a person has it before their eyes: kept as editors keep it, from events and responses alone. */
export interface ShownRun {
  /** Of each stage that the client was told of, by file and id, what it was told last. */
  readonly stages: ReadonlyMap<string, StageRunState>;
  /** The event as of which the run is shown; null where it is live. */
  past(): PastPoint | null;
  isOver(): boolean;
  /** Whether a branch is shown as stopped, any, or one. */
  isStopped(thread?: number): boolean;
  /** The branch that the client was told to look at last. */
  focus(): number;
  /** The last event that said that it stopped. */
  stop(): DebugProtocol.StoppedEvent["body"] | null;
  /** A request was taken that has a branch go on; `all`: every one. */
  wentOn(thread: number, which: "all" | "one"): void;
  /** Resolves with the next event, whatever it is. */
  next(): Promise<void>;
  readonly console: readonly string[];
}

export function showRun(client: WireClient): ShownRun {
  const stages = new Map<string, StageRunState>();
  let past: PastPoint | null = null;
  let isOver = false;
  let focus = 1;
  let stop: DebugProtocol.StoppedEvent["body"] | null = null;
  let stopped: "all" | Set<number> = new Set();
  let next = Promise.withResolvers<void>();
  const lines: string[] = [];

  const wentOn = (thread: number, which: "all" | "one"): void => {
    if (which === "all") stopped = new Set();
    else if (stopped !== "all") stopped.delete(thread);
  };

  client.onEvent(({ event, body }) => {
    switch (event) {
      case "stopped":
        stop = body as DebugProtocol.StoppedEvent["body"];
        focus = stop.threadId ?? focus;
        if (stop.allThreadsStopped === true) stopped = "all";
        else if (stopped !== "all") stopped.add(focus);
        break;
      case "continued": {
        const { threadId, allThreadsContinued } = body as DebugProtocol.ContinuedEvent["body"];
        wentOn(threadId, allThreadsContinued === false ? "one" : "all");
        break;
      }
      case "thread": {
        const { reason, threadId } = body as DebugProtocol.ThreadEvent["body"];
        if (reason === "exited" && stopped !== "all") stopped.delete(threadId);
        break;
      }
      case "terminated":
        isOver = true;
        break;
      case "output":
        lines.push((body as DebugProtocol.OutputEvent["body"]).output);
        break;
      case runStateEvent.name: {
        const told = runStateEvent.body.parse(body);
        for (const state of told.stages) stages.set(stageKey(told.path, state.stage), state);
        past = told.past ?? null;
        break;
      }
    }
    next.resolve();
    next = Promise.withResolvers();
  });

  return {
    stages,
    past: () => past,
    isOver: () => isOver,
    isStopped: (thread) =>
      stopped === "all" || (thread === undefined ? stopped.size > 0 : stopped.has(thread)),
    focus: () => focus,
    stop: () => stop,
    wentOn,
    next: () => next.promise,
    console: lines,
  };
}

export function stageKey(path: string, stage: string): string {
  return JSON.stringify([path, stage]);
}
