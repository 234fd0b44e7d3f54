import type { RecordedRun } from "./read-journal.ts";
import { foldRun, type RunState } from "./run-state.ts";
import type { StageState } from "./stage-state.ts";
import { type ValueChange, valueChanges } from "./value-changes.ts";
import type { ValueRef } from "./value-ref.ts";

/** How two runs differ. Times and tokens are told, and are no difference. */
export interface RunComparison {
  readonly before: RunState;
  readonly after: RunState;
  /** Whether input, output, status, pipeline and all stages are alike. */
  readonly isAlike: boolean;
  readonly pipelineChanged: boolean;
  readonly input: readonly ValueChange[];
  readonly output: readonly ValueChange[];
  /** In the order in which they were first heard of, those of the second run alone last. */
  readonly stages: readonly StageComparison[];
  /** The stage that differs and began first; null where none does. */
  readonly firstDivergent: string | null;
}

/** How a stage differs between two runs. */
export interface StageComparison {
  /** Its address as a key: `each[2]/body`. */
  readonly stage: string;
  /** Undefined in the run that never heard of it. */
  readonly before: StageState | undefined;
  readonly after: StageState | undefined;
  readonly isAlike: boolean;
  readonly inputs: readonly ValueChange[];
  readonly output: readonly ValueChange[];
}

/** How many places of one value are told. */
const MOST_CHANGES = 20;

/** Compares how two runs ended, or where they stand. */
export function compareRuns(one: RecordedRun, other: RecordedRun): RunComparison {
  const before = foldRun(one.events);
  const after = foldRun(other.events);
  const rules = { most: MOST_CHANGES, isSameText: sameButForIds(before.runId, after.runId) };
  const changes = (
    a: ValueRef | null | undefined,
    b: ValueRef | null | undefined,
  ): readonly ValueChange[] => {
    // A reference is made of the value: the same one needs no look.
    if (a?.ref === b?.ref) return [];
    return valueChanges(a ? one.value(a) : undefined, b ? other.value(b) : undefined, rules);
  };
  const keys = new Set([...before.stages.keys(), ...after.stages.keys()]);
  const stages = Array.from(keys, (stage): StageComparison => {
    const [a, b] = [before.stages.get(stage), after.stages.get(stage)];
    const inputs = changes(a?.inputs, b?.inputs);
    const output = changes(a?.output, b?.output);
    const isAlike = a?.status === b?.status && inputs.length === 0 && output.length === 0;
    return { stage, before: a, after: b, isAlike, inputs, output };
  });
  const input = changes(before.input, after.input);
  const output = changes(before.output, after.output);
  const pipelineChanged = before.pipeline?.hash !== after.pipeline?.hash;
  const isAlike =
    before.status === after.status &&
    !pipelineChanged &&
    input.length + output.length === 0 &&
    stages.every((stage) => stage.isAlike);
  const firstDivergent = firstOf(stages);
  return { before, after, isAlike, pipelineChanged, input, output, stages, firstDivergent };
}

/** A value with the id of its own run in it, as one has that names the attempt it is from, says nothing new. */
function sameButForIds(before: string, after: string): (a: string, b: string) => boolean {
  if (before === "" || after === "") return () => false;
  return (a, b) => a.includes(before) && a.replaceAll(before, after) === b;
}

/** What began before it is alike; a stage that never began, as one that was skipped, comes only where none did. */
function firstOf(stages: readonly StageComparison[]): string | null {
  const differing = stages.filter(({ isAlike }) => !isAlike);
  const began = differing.find(({ before, after }) => before?.attempt || after?.attempt);
  return (began ?? differing[0])?.stage ?? null;
}
