import type { JournalEvent } from "#core/journal";
import type { StageAddress } from "#core/ports";
import { type LaunchArguments, type RunStateBody, runStateEvent } from "#protocol";
import { DEFECT_EXIT_CODE, defectMessage } from "./adapter-error.ts";
import { tellBranchEnds } from "./branch-ends.ts";
import type { SessionBreakpoints } from "./breakpoints/session-breakpoints.ts";
import type { Client } from "./connection.ts";
import { createStops } from "./create-stops.ts";
import { type Launched, launchedLive, pastOf } from "./launched.ts";
import type { LaunchedRun, RunDebugging } from "./launched-run.ts";
import { createRunTarget } from "./run-target.ts";
import { stoppedBody } from "./stopped-body.ts";
import type { Stop } from "./stops.ts";
import { threadOf } from "./thread-requests.ts";

/** A run that a session takes over. */
export interface LiveRun {
  /** Those of its stages that are between their two gates already. */
  readonly begun: readonly StageAddress[];
  /** Starts it, or joins it; `report` takes what becomes of its stages. */
  start(debugging: RunDebugging, report: (body: RunStateBody) => void): LaunchedRun;
}

/** What a session brings to it. */
export interface LiveSetting {
  readonly client: Client;
  readonly breakpoints: SessionBreakpoints;
  readonly looksAway: () => void;
}

/** Debugs a run from where it stands, be it at its beginning or on its way. */
export function beginLive(
  args: Pick<LaunchArguments, "stopOnEntry" | "stopBranches" | "noDebug">,
  { start, begun }: LiveRun,
  { client, breakpoints, looksAway }: LiveSetting,
): Launched {
  let stoppedLane = 0;
  // Told a turn later, so that the response to the request that led to this stop goes out before it.
  const tell = (lane: number, stop: Stop): void => {
    const point = stops.waitingAt(lane);
    if (point === undefined || !stops.isStopped()) return;
    stoppedLane = lane;
    target.forget();
    // Who looks at the past comes to it when they are back.
    if (past?.cursor.isInPast() === true) return;
    run.reporter.stoppedAt(point.address);
    const allThreadsStopped = which === "all";
    client.event("stopped", { ...stoppedBody(stop), threadId: threadOf(lane), allThreadsStopped });
  };
  /** The branch that it was last told to stop at; where that has gone on, one that still stands. */
  const laneToLookAt = (): number =>
    [stoppedLane, ...run.lanes().map(({ lane }) => lane)].find(
      (lane) => stops.waitingAt(lane) !== undefined,
    ) ?? stoppedLane;
  const which = args.stopBranches === "one" ? "branch" : "all";
  const entry = args.stopOnEntry === true ? "stop-on-entry" : "run-on-entry";
  const stops = createStops(entry, (lane, stop) => void setImmediate(tell, lane, stop), which, begun);
  const gate = tellBranchEnds(stops, () => run.lanes(), client);
  if (args.noDebug === true) stops.letGo();
  // While the client looks at the past, what happens meanwhile is kept until it looks at the run again.
  const heard = (event: JournalEvent): void => {
    breakpoints.failures.record(event);
    if (event.kind === "stage-decided") stops.decided(event.address);
    // What still stands at a gate of it is gone, though its record is not closed yet.
    if (event.kind === "run-finished") stops.letGo();
  };
  const run = start({ gate, heard }, (body) => {
    if (past?.cursor.isInPast() !== true) client.event(runStateEvent.name, body);
  });
  const target = createRunTarget(run);
  stops.setBreakpoints(target.over(breakpoints.of(run)));
  const past = args.noDebug === true ? null : pastOf(run, stops, breakpoints, { client, lane: laneToLookAt });
  void run.finished
    .catch((defect: unknown) => {
      client.event("output", { category: "stderr", output: `${defectMessage(defect)}\n` });
      return DEFECT_EXIT_CODE;
    })
    .then((exitCode) => {
      client.event("exited", { exitCode });
      client.event("terminated");
    });
  return launchedLive(run, stops, past, target, { client, looksAway });
}
