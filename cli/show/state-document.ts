import {
  overriddenPart,
  type RecordedRun,
  type RunState,
  type StageOverride,
  type StageState,
} from "#core/journal";
import type { OpenRun } from "../runs/read-run.ts";
import { isoTime, runDocument } from "../runs/run-document.ts";
import { cutValue } from "./cut-value.ts";

/** Whether stages have their inputs and outputs, and how many characters of each. */
export interface ShownValues {
  readonly values: "with-values" | "without-values";
  readonly most: number;
}

/** A run at some point, as --json shows it. */
export function stateDocument(
  { inspected, recorded }: OpenRun,
  state: RunState,
  stages: readonly (readonly [string, StageState])[],
  shown: ShownValues,
): object {
  const variables = Array.from(state.variables, ([frame, values]) => ({
    frame,
    values: Object.fromEntries(
      Array.from(values, ([name, ref]) => [name, cutValue(ref, recorded, shown.most)]),
    ),
  }));
  return {
    run: runDocument(inspected),
    at: state.seq,
    status: state.status,
    input: cutValue(state.input, recorded, shown.most),
    output: cutValue(state.output, recorded, shown.most),
    variables,
    stages: stages.map(([key, stage]) => stageDocument(key, stage, recorded, shown)),
  };
}

function stageDocument(
  key: string,
  stage: StageState,
  recorded: RecordedRun,
  { values, most }: ShownValues,
): object {
  const { status, attempt, componentType, startedAt, finishedAt, failure, reason, usage, question, cache } =
    stage;
  const overrides = stage.overrides.map((each) => ({
    target: each.target.kind === "variable" ? `vars.${each.target.name}` : each.target.kind,
    path: each.path,
    attempt: each.attempt,
    ...(values === "with-values"
      ? {
          was: cutValue(each.before, partsAt(each.path, recorded), most),
          is: cutValue(each.value, partsAt(each.path, recorded), most),
        }
      : {}),
  }));
  const isWhole = values === "with-values";
  return {
    stage: key,
    status,
    component: componentType,
    attempts: attempt,
    started_at: isoTime(startedAt),
    finished_at: isoTime(finishedAt),
    duration_ms: startedAt === null || finishedAt === null ? null : finishedAt - startedAt,
    usage,
    failure,
    reason,
    cache,
    question: question?.prompt ?? null,
    ...(overrides.length === 0 ? {} : { overrides }),
    ...(isWhole
      ? { inputs: cutValue(stage.inputs, recorded, most), output: cutValue(stage.output, recorded, most) }
      : {}),
  };
}

/** A record of which only the part at a path is looked at. */
function partsAt(path: StageOverride["path"], { value }: RecordedRun): Pick<RecordedRun, "value"> {
  return { value: (ref) => overriddenPart(value(ref), path) ?? null };
}
