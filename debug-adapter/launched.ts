import { basename } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { adapterErrors } from "./adapter-error.ts";
import type { SessionBreakpoints } from "./breakpoints/session-breakpoints.ts";
import type { Client } from "./connection.ts";
import type { LaunchedRun } from "./launched-run.ts";
import { beginTravel } from "./past/begin-travel.ts";
import type { History } from "./past/history.ts";
import { createPastHits, type PastHits } from "./past/past-hits.ts";
import type { PastSetting } from "./past/shown-past.ts";
import type { TimeTravel } from "./past/time-travel.ts";
import type { RunTarget } from "./run-target.ts";
import { createSameFile } from "./same-file.ts";
import type { Shown } from "./shown.ts";
import type { StepKind } from "./step-range.ts";
import type { Reach, Stops } from "./stops.ts";

/** What a session has launched, as requests act on it: a run, or the record of one. */
export interface Launched {
  /** The run at work; null for a record. */
  readonly run: LaunchedRun | null;
  /** The way through what has happened; null for a run without debugging. */
  readonly past: LaunchedPast | null;
  shown(): Shown;
  /** Goes on from where a branch is stopped; gives what did. Throws where only that is to go on, and is not stopped. */
  resume(lane: number, reach: Reach): Reach;
  /** A branch goes on to the next stage, as `how` says. Throws where it is not stopped. */
  step(lane: number, how: StepKind, reach: Reach): void;
  /** All of it goes on to a stage of a file, or to where something else stops it first. Throws in the past. */
  runTo(path: string, stage: string): void;
  /** The same, of the branch that is told to step into that stage. Throws where it is not stopped, too. */
  stepTo(lane: number, path: string, stage: string): void;
  /** Leaves out the stage that a branch is stopped before. Throws where it is stopped before none. */
  skip(lane: number): void;
  /** Tries the stage again that a branch is stopped after, and stops before its next attempt. Throws where it cannot be. */
  retry(lane: number): void;
  /** Cuts off the answer that the stage of a branch is getting, which then goes on. Throws where none is coming. */
  keepPartial(lane: number): void;
  pause(lane: number): void;
  /** Cancels what a branch is at; the rest of the run goes on. Throws where nothing of the run is on it. */
  cancelBranch(lane: number): void;
  /** Has all that still runs wait, before the past is looked at. */
  standStill(): void;
  /** Nobody looks at it any more: it ends, or goes on where it would without anyone. */
  end(how: "terminate" | "leave"): void;
}

/** A past that can be travelled in. */
export interface LaunchedPast {
  readonly cursor: TimeTravel;
  readonly history: History;
  readonly setting: PastSetting;
  readonly hits: PastHits;
  readonly edge: "live" | "record";
  /** The text that goes with the reference of a source; undefined for what is no such reference. */
  sourceText(reference: number): string | undefined;
}

/** A run that was started: what it does is up to its stops, unless the cursor is in its past. */
export function launchedLive(
  run: LaunchedRun,
  stops: Stops,
  past: LaunchedPast | null,
  target: RunTarget,
  { client, looksAway }: { readonly client: Client; readonly looksAway: () => void },
): Launched {
  const goOn = (move: () => Reach): Reach => {
    run.reporter.stoppedAt(null);
    const reach = move();
    // Where others stay stopped, what was shown of them is still there.
    const other = run.lanes().find((each) => stops.waitingAt(each.lane) !== undefined);
    if (reach === "all" || other === undefined) looksAway();
    else run.reporter.stoppedAt(stops.waitingAt(other.lane)?.address ?? null);
    return reach;
  };
  /** The same for a request of ours, of which no client knows that the run goes on by it. It hears of that before any stop. */
  const goOnByOurs = (lane: number, move: () => Reach): void => {
    let reach: Reach = "all";
    setImmediate(() =>
      client.event("continued", { threadId: lane + 1, allThreadsContinued: reach === "all" }),
    );
    reach = goOn(move);
  };
  const isSameFile = createSameFile();
  const aimAt = (path: string, stage: string): void => {
    if (inPast() !== null) throw adapterErrors.notInThePast();
    const file = run.fileAt([]);
    if (isSameFile(file.path, path) && file.planOf(stage) === undefined)
      throw adapterErrors.noStage(stage, path);
    target.set(path, stage);
  };
  const expectWaiting = (lane: number): void => {
    if (stops.waitingAt(lane) === undefined) throw adapterErrors.unknownThread(lane + 1);
  };
  const inPast = (): TimeTravel | null => (past?.cursor.isInPast() === true ? past.cursor : null);
  const now = shownLive(run, stops);
  return {
    run,
    past,
    shown: () => inPast()?.shown() ?? now,
    resume: (lane, reach) => {
      const cursor = inPast();
      if (cursor === null) {
        if (reach === "branch") expectWaiting(lane);
        return goOn(() => stops.resume(lane, reach));
      }
      looksAway();
      cursor.resume();
      return "all";
    },
    step: (lane, how, reach) => {
      const cursor = inPast();
      if (cursor === null) {
        expectWaiting(lane);
        goOn(() => stops.step(lane, how, reach));
        return;
      }
      looksAway();
      cursor.step(how);
    },
    runTo: (path, stage) => {
      aimAt(path, stage);
      goOnByOurs(0, () => {
        stops.resumeAll();
        return "all";
      });
    },
    stepTo: (lane, path, stage) => {
      if (inPast() === null) expectWaiting(lane);
      aimAt(path, stage);
      goOn(() => stops.resume(lane, "all"));
    },
    skip: (lane) => {
      if (inPast() !== null) throw adapterErrors.notInThePast();
      if (stops.waitingAt(lane)?.kind !== "before") throw adapterErrors.notBefore(lane + 1);
      goOnByOurs(lane, () => {
        const reach = stops.skip(lane, () => {
          if (!run.skipStage(lane)) throw adapterErrors.notBefore(lane + 1);
        });
        if (reach === null) throw adapterErrors.notBefore(lane + 1);
        return reach;
      });
    },
    retry: (lane) => {
      if (inPast() !== null) throw adapterErrors.noRetryInThePast();
      const point = stops.waitingAt(lane);
      if (point === undefined) throw adapterErrors.noneToRetry(lane + 1);
      const refusal = run.whyNoRetry(point.address);
      if (refusal !== null) throw adapterErrors.cannotRetry(refusal);
      goOnByOurs(lane, () => {
        stops.retry(lane, () => run.retryStage(point.address));
        return "branch";
      });
    },
    keepPartial: (lane) => {
      if (inPast() !== null) throw adapterErrors.notInThePast();
      const address = run.addressOf(lane);
      if (address === null || !run.cutOffAnswer(address)) throw adapterErrors.noAnswer(lane + 1);
      if (stops.waitingAt(lane) !== undefined) goOnByOurs(lane, () => stops.resume(lane, "branch"));
    },
    pause: (lane) => stops.pause(lane),
    cancelBranch: (lane) => {
      if (inPast() !== null) throw adapterErrors.notInThePast();
      const address = run.addressOf(lane);
      if (address === null || !run.cancelStage(address)) throw adapterErrors.unknownThread(lane + 1);
    },
    standStill: () => {
      stops.standStill();
      // What the past differs from is the run as it is now: the client is not told of less than that later.
      run.reporter.flush();
    },
    end: (how) => {
      // In this order: a branch that is let go of must find the run cancelled.
      if (how === "terminate") run.cancel();
      else run.leave();
      stops.letGo();
    },
  };
}

/** What a run shows where it stands now. */
export function shownLive(run: LaunchedRun, stops: Stops): Shown {
  return {
    pipelineName: run.pipelineName,
    anyStage: run.anyStage,
    isStopped: () => stops.isStopped(),
    lanes: run.lanes,
    pointOf: (lane) => stops.waitingAt(lane),
    fileAt: run.fileAt,
    sourceOf: sourceOfFile,
    scopeAt: run.scopeAt,
    metrics: run.history.metricsAt(Number.POSITIVE_INFINITY),
    provider: run.history.provider,
    asked: (address) => run.history.askedAt(Number.POSITIVE_INFINITY, address),
    byHand: run.history.byHandAt(Number.POSITIVE_INFINITY),
  };
}

/** The past of a run at work, whose edge is where it stands; `lane` gives the branch that it was last told to stop at. */
export function pastOf(
  run: LaunchedRun,
  stops: Stops,
  breakpoints: SessionBreakpoints,
  { client, lane }: { readonly client: Client; readonly lane: () => number },
): LaunchedPast {
  const { history, states, pipelineName, anyStage, fileAt } = run;
  const setting = { pipelineName, anyStage, fileAt, sourceOf: sourceOfFile };
  const now = shownLive(run, stops);
  const edge = {
    kind: "live" as const,
    lane,
    address: () => stops.waitingAt(lane())?.address ?? null,
    shown: () => now,
  };
  const hits = createPastHits(history, setting, breakpoints);
  const cursor = beginTravel({ history, setting, states, hits, edge }, client);
  return { cursor, history, setting, hits, edge: "live", sourceText: () => undefined };
}

/** The source that a file on the disk is. */
export function sourceOfFile(path: string): DebugProtocol.Source {
  return { name: basename(path), path };
}
