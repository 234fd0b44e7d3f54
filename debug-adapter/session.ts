import type { DebugProtocol } from "@vscode/debugprotocol";
import { closeAll } from "#host";
import {
  answerRequest,
  type LaunchArguments,
  modelDeltaRequest,
  modelDoneRequest,
  modelFailedRequest,
  runStateEvent,
} from "#protocol";
import { adapterErrors, DEFECT_EXIT_CODE, defectMessage } from "./adapter-error.ts";
import { tellBranchEnds } from "./branch-ends.ts";
import { breakpointLocations } from "./breakpoints/breakpoint-locations.ts";
import { namesOf } from "./breakpoints/run-names.ts";
import { createSessionBreakpoints } from "./breakpoints/session-breakpoints.ts";
import { capabilities, pastCapabilities } from "./capabilities.ts";
import { type Client, handler, type RequestHandler, type RequestTable } from "./connection.ts";
import { createStops } from "./create-stops.ts";
import { createInspection } from "./inspection.ts";
import { type Launched, launchedLive, pastOf } from "./launched.ts";
import { type LaunchedFiles, type LaunchedRun, startLaunchedRun } from "./launched-run.ts";
import { openLaunchedCassette } from "./open-cassette.ts";
import { openRecord } from "./open-record.ts";
import { beginReplay } from "./past/begin-replay.ts";
import { openReplay } from "./past/open-replay.ts";
import { createTimelineRequests } from "./past/timeline-requests.ts";
import { travelRequests } from "./past/travel-requests.ts";
import { watchTimeline } from "./past/watch-timeline.ts";
import { type PreparedLaunch, prepareLaunch } from "./prepare-launch.ts";
import { readLaunchArguments } from "./read-launch-arguments.ts";
import { createSetRequests } from "./set-value/set-requests.ts";
import { stoppedBody } from "./stopped-body.ts";
import type { Stop } from "./stops.ts";
import { laneOf, threadOf, threadRequests } from "./thread-requests.ts";

const breakpointRequests = [
  "setBreakpoints",
  "setFunctionBreakpoints",
  "setExceptionBreakpoints",
  "setDataBreakpoints",
];

/**
 * One debug session: a client, at most one run. `ended` is called once, when the client has left or has been
 * told that it may.
 */
export function createSession(theirs: Client, ended: () => void): RequestTable {
  const watched = watchTimeline(theirs, () => timeline.state());
  const { client } = watched;
  const breakpoints = createSessionBreakpoints((breakpoint) =>
    client.event("breakpoint", { reason: "changed", breakpoint }),
  );
  const configured = Promise.withResolvers<void>();
  /** Settles when what is being launched is known, or is refused. */
  let preparing = Promise.resolve();
  let launched: Launched | null = null;
  let launching = false;
  let left = false;

  const launchedOf = (): Launched => {
    if (launched === null) throw adapterErrors.notLaunched();
    return launched;
  };

  const inspection = createInspection(launchedOf);
  const looksAway = (): void => inspection.reset();

  const timeline = createTimelineRequests(() => launched, { asked: watched.begin, looksAway });
  const setting = createSetRequests(inspection, client);

  const runOf = (): LaunchedRun => {
    const { run } = launchedOf();
    if (run === null) throw adapterErrors.notLaunched();
    return run;
  };

  const launch = async (args: unknown): Promise<void> => {
    if (launching) throw adapterErrors.alreadyLaunched();
    launching = true;
    const ready = Promise.withResolvers<void>();
    preparing = ready.promise;
    try {
      const read = readLaunchArguments(args);
      if (read.replay !== undefined) return await replay(read.replay, read, ready.resolve);
      if (read.pipeline === undefined) throw adapterErrors.invalidLaunch("it names no pipeline");
      const prepared = await prepareLaunch(read, read.pipeline, client);
      await breakpoints.functions.bind(
        namesOf({ ...prepared, ...prepared.project, root: prepared.workspace.root }),
      );
      ready.resolve();
      await configured.promise;
      // The client may have left while the file was read: nothing runs for nobody.
      if (left) return;
      const cassette = await openLaunchedCassette(read, prepared);
      const record = await openRecord(read, prepared).catch(async (error: unknown) => {
        await cassette.close();
        throw error;
      });
      if (left)
        await closeAll(
          () => record.close(),
          () => cassette.close(),
        );
      else {
        launched = begin(read, prepared, { record, cassette });
        if (launched.past !== null) client.event("capabilities", { capabilities: pastCapabilities });
      }
    } finally {
      // A launch that was refused may be tried again, mended.
      launching = launched !== null;
      ready.resolve();
    }
  };

  const replay = async (named: string, args: LaunchArguments, ready: () => void): Promise<void> => {
    const record = await openReplay(named, args);
    await breakpoints.functions.bind(namesOf(record));
    ready();
    await configured.promise;
    if (left) return;
    client.event("capabilities", { capabilities: pastCapabilities });
    launched = beginReplay(record, breakpoints, client, looksAway);
  };

  const begin = (args: LaunchArguments, prepared: PreparedLaunch, files: LaunchedFiles): Launched => {
    let stoppedLane = 0;
    // Told a turn later, so that the response to the request that led to this stop goes out before it.
    const tell = (lane: number, stop: Stop): void => {
      const point = stops.waitingAt(lane);
      if (point === undefined || !stops.isStopped()) return;
      stoppedLane = lane;
      run.reporter.stoppedAt(point.address);
      const allThreadsStopped = which === "all";
      client.event("stopped", { ...stoppedBody(stop), threadId: threadOf(lane), allThreadsStopped });
    };
    const which = args.stopBranches === "one" ? "branch" : "all";
    const entry = args.stopOnEntry === true ? "stop-on-entry" : "run-on-entry";
    const stops = createStops(entry, (lane, stop) => void setImmediate(tell, lane, stop), which);
    const gate = tellBranchEnds(stops, () => run.lanes(), client);
    if (args.noDebug === true) stops.letGo();
    // While the client looks at the past, what happens meanwhile is kept until it looks at the run again.
    const run = startLaunchedRun(
      prepared,
      files,
      { gate, heard: breakpoints.failures.record },
      client,
      (body) => {
        if (past?.cursor.isInPast() !== true) client.event(runStateEvent.name, body);
      },
    );
    stops.setBreakpoints(breakpoints.of(run));
    const past =
      args.noDebug === true ? null : pastOf(run, stops, breakpoints, { client, lane: () => stoppedLane });
    void run.finished
      .catch((defect: unknown) => {
        client.event("output", { category: "stderr", output: `${defectMessage(defect)}\n` });
        return DEFECT_EXIT_CODE;
      })
      .then((exitCode) => {
        client.event("exited", { exitCode });
        client.event("terminated");
      });
    return launchedLive(run, stops, past, looksAway);
  };

  const end = (): void => {
    left = true;
    launched?.end();
  };

  const exceptionInfo = (thread: number): DebugProtocol.ExceptionInfoResponse["body"] => {
    const shown = launchedOf().shown();
    const point = shown.pointOf(laneOf(thread)) ?? null;
    const info = point === null ? null : breakpoints.failureInfo(shown, point);
    if (info === null) throw adapterErrors.nothingFailed(thread);
    return info;
  };

  const requests = new Map<string, RequestHandler>([
    [
      "initialize",
      handler<DebugProtocol.InitializeRequestArguments>((args) => {
        setting.initialized(args);
        return capabilities;
      }),
    ],
    ["launch", launch],
    [
      "setBreakpoints",
      handler<DebugProtocol.SetBreakpointsArguments>((args) => breakpoints.source.set(args)),
    ],
    [
      "setFunctionBreakpoints",
      handler<DebugProtocol.SetFunctionBreakpointsArguments>(async (args) => {
        // What stands in the way of the launch is the launch's to tell.
        await preparing;
        return await breakpoints.functions.set(args);
      }),
    ],
    [
      "setExceptionBreakpoints",
      handler<DebugProtocol.SetExceptionBreakpointsArguments>((args) => breakpoints.failures.set(args)),
    ],
    [
      "dataBreakpointInfo",
      handler<DebugProtocol.DataBreakpointInfoArguments>((args) => inspection.dataBreakpointInfo(args)),
    ],
    [
      "setDataBreakpoints",
      handler<DebugProtocol.SetDataBreakpointsArguments>((args) => breakpoints.data.set(args)),
    ],
    ["exceptionInfo", handler<DebugProtocol.ExceptionInfoArguments>((args) => exceptionInfo(args.threadId))],
    ["breakpointLocations", handler<DebugProtocol.BreakpointLocationsArguments>(breakpointLocations)],
    ["configurationDone", () => configured.resolve()],
    [
      "stackTrace",
      handler<DebugProtocol.StackTraceArguments>((args) =>
        inspection.stackTrace(laneOf(args.threadId), args),
      ),
    ],
    ["scopes", handler<DebugProtocol.ScopesArguments>((args) => inspection.scopes(args.frameId))],
    ["variables", handler<DebugProtocol.VariablesArguments>((args) => inspection.variables(args))],
    ["evaluate", handler<DebugProtocol.EvaluateArguments>((args) => inspection.evaluate(args))],
    ...setting.requests,
    ...threadRequests(launchedOf, () => launched !== null),
    ...travelRequests(launchedOf, looksAway),
    ...timeline.requests,
    [answerRequest.name, (args) => runOf().answer(args)],
    ...[modelDeltaRequest, modelDoneRequest, modelFailedRequest].map(({ name }): [string, RequestHandler] => [
      name,
      (args) => runOf().modelAnswers.get(name)?.(args),
    ]),
    ["terminate", end],
    ["disconnect", end],
  ]);

  return {
    requests,
    after: new Map([
      ["initialize", () => client.event("initialized")],
      ["disconnect", ended],
      // Other breakpoints stop elsewhere on it.
      ...breakpointRequests.map((name) => [name, watched.changed] as const),
    ]),
    closed: () => {
      end();
      ended();
    },
  };
}
