import type { DebugProtocol } from "@vscode/debugprotocol";
import type { GatePoint, StepPoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import { addressKey, type FrameStep, type StageAddress } from "#core/ports";
import { adapterErrors } from "../adapter-error.ts";
import type { Lane } from "../lanes.ts";
import type { RunFile } from "../run-files.ts";
import type { Shown } from "../shown.ts";
import type { History } from "./history.ts";
import type { RecordedStep } from "./recorded-steps.ts";

/** What a past has beside its history. */
export interface PastSetting {
  readonly pipelineName: string;
  readonly anyStage: string;
  fileAt(frames: readonly FrameStep[]): RunFile;
  sourceOf(path: string): DebugProtocol.Source;
}

/** A run as it was at a gate of its history, or at a step of the attempt that begins there. */
export function shownAt(
  history: History,
  setting: PastSetting,
  at: number,
  within: RecordedStep | null = null,
): Shown {
  const gate = history.gates[at];
  if (gate === undefined) throw new Error(`The history has no gate ${at}.`);
  const here = history.branches.at(at);
  const { seq } = within ?? gate;
  return {
    ...setting,
    isStopped: () => true,
    lanes: () => here.map(({ lane, address }): Lane => ({ lane, name: addressKey(address) })),
    pointOf: (lane) => {
      const found = here.find((each) => each.lane === lane);
      if (found === undefined) return undefined;
      const point = history.pointOf(found);
      return found === gate && within !== null ? pointWithin(point, within) : point;
    },
    scopeAt: (address) => scopeOf(history, seq, address),
    metrics: history.metricsAt(seq),
    byHand: history.byHandAt(seq),
    provider: history.provider,
    asked: (address) => history.askedAt(seq, address),
  };
}

function pointWithin(point: GatePoint, { step }: RecordedStep): GatePoint | StepPoint {
  // What could not be resolved asked no model.
  if (point.kind === "after" || !point.inputs.ok) return point;
  const { address, stage, attempt, lane, inputs } = point;
  return { kind: "within", address, stage, attempt, lane, inputs: inputs.value, step };
}

/** A run as it was at the end of its record, past all gates. */
export function shownAtEnd(history: History, setting: PastSetting): Shown {
  const seq = history.events.at(-1)?.seq ?? -1;
  return {
    ...setting,
    isStopped: () => true,
    lanes: () => [{ lane: 0, name: setting.pipelineName }],
    pointOf: (lane) => (lane === 0 ? null : undefined),
    scopeAt: (address) => scopeOf(history, seq, address),
    metrics: history.metricsAt(seq),
    byHand: history.byHandAt(seq),
    provider: history.provider,
    asked: (address) => history.askedAt(seq, address),
  };
}

/** What expressions of a stage saw after an event. Throws where the record cannot tell. */
export function scopeOf(history: History, seq: number, address: StageAddress): Scope {
  const scope = history.scopeAt(seq, address);
  if (scope === undefined) throw adapterErrors.notInRecord(addressKey(address));
  return scope;
}
