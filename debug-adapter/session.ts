import type { DebugProtocol } from "@vscode/debugprotocol";
import { closeAll } from "#host";
import {
  answerRequest,
  attachArguments,
  type LaunchArguments,
  launchArguments,
  modelDeltaRequest,
  modelDoneRequest,
  modelFailedRequest,
} from "#protocol";
import { adapterErrors } from "./adapter-error.ts";
import type { AttachTarget } from "./attach/attach-target.ts";
import { beginLive, type LiveRun } from "./begin-live.ts";
import { breakpointRequests, settingBreakpoints } from "./breakpoints/breakpoint-requests.ts";
import { namesOf } from "./breakpoints/run-names.ts";
import { createSessionBreakpoints } from "./breakpoints/session-breakpoints.ts";
import { attachedCapabilities, capabilities, pastCapabilities } from "./capabilities.ts";
import { type Client, handler, type RequestHandler, type RequestTable } from "./connection.ts";
import { forkRequests } from "./fork/fork-requests.ts";
import { type ForkableRun, forkableLive, forkableRecord, timelineRunOf } from "./fork/forkable-run.ts";
import { prepareFork } from "./fork/prepare-fork.ts";
import { createInspection } from "./inspection.ts";
import { inspectionRequests } from "./inspection-requests.ts";
import type { Launched } from "./launched.ts";
import { type LaunchedRun, startLaunchedRun } from "./launched-run.ts";
import { openLaunchedCassette } from "./open-cassette.ts";
import { openRecord } from "./open-record.ts";
import { expectOurCounting } from "./our-counting.ts";
import { beginReplay } from "./past/begin-replay.ts";
import { openReplay } from "./past/open-replay.ts";
import { createTimelineRequests } from "./past/timeline-requests.ts";
import { travelRequests } from "./past/travel-requests.ts";
import { watchTimeline } from "./past/watch-timeline.ts";
import { openSessionPins, pinsToUse, whyNotRecorded, whyNotWritten } from "./pins/open-session-pins.ts";
import { pinRequests, type SessionPins } from "./pins/pin-requests.ts";
import { type PreparedLaunch, prepareLaunch } from "./prepare-launch.ts";
import { readArguments } from "./read-launch-arguments.ts";
import { runRequests } from "./run-requests.ts";
import { createSetRequests } from "./set-value/set-requests.ts";
import { laneOf, threadRequests } from "./thread-requests.ts";

/**
 * One debug session: a client, at most one run. `ended` is called once, when the client has left or has been
 * told that it may. Where there is a `target`, that is the run, and the client attaches to it.
 */
export function createSession(
  theirs: Client,
  ended: () => void,
  target: AttachTarget | null = null,
): RequestTable {
  const watched = watchTimeline(theirs, () => timeline.state());
  const { client } = watched;
  const breakpoints = createSessionBreakpoints((breakpoint) =>
    client.event("breakpoint", { reason: "changed", breakpoint }),
  );
  const configured = Promise.withResolvers<void>();
  /** Settles when what is being launched is known, or is refused. */
  let preparing = Promise.resolve();
  let launched: Launched | null = null;
  /** What of it can be forked, and how its launch was meant; null where there is no record. */
  let forkable: ForkableRun | null = null;
  let pinned: SessionPins | null = null;
  let launching = false;
  let left = false;

  const launchedOf = (): Launched => {
    if (launched === null) throw adapterErrors.notLaunched();
    return launched;
  };

  const pinnedOf = (): SessionPins => {
    if (pinned === null) throw adapterErrors.noPins();
    return pinned;
  };

  const inspection = createInspection(launchedOf);
  const looksAway = (): void => inspection.reset();

  const timeline = createTimelineRequests(() => launched, {
    asked: watched.begin,
    looksAway,
    run: () => timelineRunOf(forkable),
  });
  const setting = createSetRequests(inspection, client);

  const runOf = (): LaunchedRun => {
    const { run } = launchedOf();
    if (run === null) throw adapterErrors.notLaunched();
    return run;
  };

  const begin = (args: Parameters<typeof beginLive>[0], run: LiveRun): void => {
    launched = beginLive(args, run, { client, breakpoints, looksAway });
    if (launched.past !== null) client.event("capabilities", { capabilities: pastCapabilities });
  };

  /** Does what `launch` or `attach` asks; `ready` is to be called once the names of what is debugged are known. */
  const onlyOnce = async (go: (ready: () => void) => Promise<void>): Promise<void> => {
    if (launching) throw adapterErrors.alreadyLaunched();
    launching = true;
    const ready = Promise.withResolvers<void>();
    preparing = ready.promise;
    try {
      await go(ready.resolve);
    } finally {
      // A launch that was refused may be tried again, mended.
      launching = launched !== null;
      ready.resolve();
    }
  };

  const attach = (args: unknown): Promise<void> =>
    onlyOnce(async (ready) => {
      const read = readArguments(attachArguments, args ?? {});
      if (target === null) throw adapterErrors.nothingToAttachTo();
      client.redactBy(target.redactor);
      await breakpoints.functions.bind(namesOf(target.names));
      ready();
      await configured.promise;
      if (left) return;
      begin(read, {
        begun: target.stagesAtWork(),
        start: (debugging, report) => target.attach(debugging, client, report),
      });
    });

  const launch = (args: unknown): Promise<void> =>
    onlyOnce(async (ready) => {
      if (target !== null) throw adapterErrors.onlyAttach();
      const read = readArguments(launchArguments, args);
      if (read.replay !== undefined) return await replay(read.replay, read, ready);
      const prepared = await prepare(read);
      await breakpoints.functions.bind(
        namesOf({ ...prepared, ...prepared.project, root: prepared.workspace.root }),
      );
      ready();
      await configured.promise;
      // The client may have left while the file was read: nothing runs for nobody.
      if (left) return;
      const pins = await openSessionPins(prepared.workspace.root, prepared.path, prepared.plan);
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
        const files = { record, cassette, pins: pinsToUse(pins, read.pins, client) };
        begin(read, {
          begun: [],
          start: (debugging, report) => startLaunchedRun(prepared, files, debugging, client, report),
        });
        const run = read.record === false ? null : record.runId;
        pinned = { pins, path: prepared.path, run, whyNotWritten: whyNotWritten(prepared.secrets.redactor) };
        forkable = forkableLive(record.runId, read, prepared);
        watched.changed();
      }
    });

  const prepare = async (args: LaunchArguments): Promise<PreparedLaunch> => {
    if (args.fork !== undefined) return await prepareFork(args, args.fork, client);
    if (args.pipeline === undefined) throw adapterErrors.invalidLaunch("it names no pipeline");
    return await prepareLaunch(args, args.pipeline, client);
  };

  const replay = async (named: string, args: LaunchArguments, ready: () => void): Promise<void> => {
    const record = await openReplay(named, args);
    await breakpoints.functions.bind(namesOf(record));
    ready();
    await configured.promise;
    if (left) return;
    client.event("capabilities", { capabilities: pastCapabilities });
    const { root, path, plan, name: run, history } = record;
    const pins = await openSessionPins(root, path, plan);
    pinned = { pins, path, run, whyNotWritten: whyNotRecorded(history.events) };
    launched = beginReplay(record, breakpoints, client, looksAway);
    forkable = forkableRecord(record, args);
    watched.changed();
  };

  const end = (how: "terminate" | "leave"): void => {
    left = true;
    launched?.end(how);
  };

  const disconnect = ({ terminateDebuggee }: DebugProtocol.DisconnectArguments): void =>
    end(terminateDebuggee === true ? "terminate" : "leave");

  const exceptionInfo = (thread: number): DebugProtocol.ExceptionInfoResponse["body"] => {
    const shown = launchedOf().shown();
    const point = shown.pointOf(laneOf(thread)) ?? null;
    const info = point === null || point.kind === "within" ? null : breakpoints.failureInfo(shown, point);
    if (info === null) throw adapterErrors.nothingFailed(thread);
    return info;
  };

  const requests = new Map<string, RequestHandler>([
    [
      "initialize",
      handler<DebugProtocol.InitializeRequestArguments>((args) => {
        expectOurCounting(args);
        setting.initialized(args);
        return target === null ? capabilities : attachedCapabilities;
      }),
    ],
    ["launch", launch],
    ["attach", attach],
    ...breakpointRequests(breakpoints, () => preparing),
    ...inspectionRequests(inspection, launchedOf, client),
    ["exceptionInfo", handler<DebugProtocol.ExceptionInfoArguments>((args) => exceptionInfo(args.threadId))],
    ["configurationDone", () => configured.resolve()],
    ...setting.requests,
    ...runRequests(launchedOf, inspection),
    ...threadRequests(launchedOf, () => launched !== null, inspection),
    ...travelRequests(launchedOf, looksAway),
    ...timeline.requests,
    ...pinRequests(launchedOf, pinnedOf, client),
    ...forkRequests(launchedOf, () => forkable, client),
    [answerRequest.name, (args) => runOf().answer(args)],
    ...[modelDeltaRequest, modelDoneRequest, modelFailedRequest].map(({ name }): [string, RequestHandler] => [
      name,
      (args) => runOf().modelAnswers.get(name)?.(args),
    ]),
    ["terminate", () => end("terminate")],
    ["disconnect", handler<DebugProtocol.DisconnectArguments>(disconnect)],
  ]);

  return {
    requests,
    after: new Map([
      ["initialize", () => client.event("initialized")],
      ["disconnect", ended],
      // Other breakpoints stop elsewhere on it.
      ...settingBreakpoints.map((name) => [name, watched.changed] as const),
    ]),
    closed: () => {
      end("leave");
      ended();
    },
  };
}
