import type { DebugProtocol } from "@vscode/debugprotocol";
import type { GatePoint, StepPoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { FrameStep, ModelRequest, StageAddress } from "#core/ports";
import type { ByHand } from "./by-hand.ts";
import type { Lane } from "./lanes.ts";
import type { RunFile } from "./run-files.ts";
import type { RunMetrics } from "./run-metrics.ts";

/** What a client looks at: a run where it stands now, or where it once was. */
export interface Shown {
  readonly pipelineName: string;
  /** The id of one of the pipeline's own stages; there is at least one where anything can be looked at. */
  readonly anyStage: string;
  /** Whether the client is to look at it: it stands still. */
  isStopped(): boolean;
  lanes(): readonly Lane[];
  /** Where a branch is, as its stack shows it; undefined where it cannot be looked at. Null: past all of its stages. */
  pointOf(lane: number): GatePoint | StepPoint | null | undefined;
  /** The file that the stages of a frame are written in. */
  fileAt(frames: readonly FrameStep[]): RunFile;
  /** The source that a client opens for a file: an absolute path. */
  sourceOf(path: string): DebugProtocol.Source;
  /** What expressions of a stage see there. Throws where that cannot be told. */
  scopeAt(address: StageAddress): Scope;
  readonly metrics: RunMetrics;
  readonly byHand: ByHand;
  /** What replaces every stage's provider in this run; null when nothing does. */
  readonly provider: string | null;
  /** What a stage asked a model last. */
  asked(address: StageAddress): ModelRequest | null;
}
