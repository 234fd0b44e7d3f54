import { resolve } from "node:path";
import type { ForkOrigin } from "#core/journal";
import type { LaunchArguments, TimelineRun } from "#protocol";
import type { Replay } from "../past/open-replay.ts";
import type { PreparedLaunch } from "../prepare-launch.ts";

/** The recorded run that a session looks at, as another session can name it. */
export interface ForkableRun {
  /** As `replay` names one. */
  readonly run: string;
  /** Absolute. */
  readonly cwd: string;
  /** The workspace that the paths of its record are relative to, absolute. */
  readonly root: string;
  /** The id that its journal has. */
  readonly id: string;
  /** What it was forked from itself. */
  readonly origin: ForkOrigin | null;
  /** How its launch was meant, whatever it was of: a fork of it has a pipeline and an input of its own. */
  readonly args: LaunchArguments;
}

/** The run that a launch has begun; null where it is not recorded. */
export function forkableLive(
  runId: string,
  args: LaunchArguments,
  { workspace, startFrom }: PreparedLaunch,
): ForkableRun | null {
  if (args.record === false) return null;
  const origin = startFrom?.resumed.fork ?? null;
  const { root } = workspace;
  return { run: runId, cwd: root, root, id: runId, origin, args: withoutSource(args) };
}

/** The run that a launch looks at the record of. */
export function forkableRecord({ name, root, state }: Replay, args: LaunchArguments): ForkableRun {
  const cwd = resolve(args.cwd ?? ".");
  return { run: name, cwd, root, id: state.runId, origin: state.fork, args: withoutSource(args) };
}

/** The same, as a timeline says whose it is. */
export function timelineRunOf(run: ForkableRun | null): TimelineRun | null {
  return run === null ? null : { id: run.id, cwd: run.cwd, fork: run.origin };
}

function withoutSource({
  pipeline: _pipeline,
  replay: _replay,
  fork: _fork,
  ...args
}: LaunchArguments): LaunchArguments {
  return args;
}
