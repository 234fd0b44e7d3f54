import {
  causeWords,
  placeWords,
  type TraceStep,
  type ValuePlace,
  type ValueStep,
  type ValueTrace,
  viewRecord,
} from "#core/engine";
import { isTemplate, parseExpression, parseTemplate } from "#core/expressions";
import { createTimeline, type RunState, type StageState } from "#core/journal";
import { addressKey, type Json } from "#core/ports";
import { type PlannedRecord, planRecord } from "#debug-adapter";
import { UnusableInput, UsageError } from "../command.ts";
import type { OpenRun } from "../runs/read-run.ts";
import { printable, type Terminal } from "../terminal.ts";

/** Which value is followed back: `written` is an expression of the one stage that is meant. */
export interface AskedOrigin {
  readonly run: OpenRun;
  readonly state: RunState;
  readonly stages: readonly (readonly [string, StageState])[];
  readonly written: string;
}

/** A trace with what its end was made of, traced in turn. */
interface Origin {
  readonly steps: readonly TraceStep[];
  readonly of: readonly Origin[];
}

/** Places that are listed at most: an output that all the run went into leads to all of it. */
const MOST_PLACES = 200;

/** Prints who produced a value. Throws {@link UsageError} and {@link UnusableInput}. */
export function showOrigin(asked: AskedOrigin, as: "text" | "json", { out }: Terminal): void {
  const [[key, stage] = ["", undefined], ...more] = asked.stages;
  if (stage === undefined || more.length > 0)
    throw new UsageError(
      `--origin is of one stage in one round; there are ${asked.stages.map(([each]) => printable(each)).join(", ")}.`,
    );
  const origin = originOf(asked, stage);
  if (as === "text") return out.write(`${lines(origin, "").join("\n")}\n`);
  const { runId } = asked.run.inspected;
  const document = { run: runId, at: asked.state.seq, stage: key, origin: documentOf(origin) };
  out.write(`${JSON.stringify(document, null, 2)}\n`);
}

function originOf({ run, state, written }: AskedOrigin, stage: StageState): Origin {
  const { recorded } = run;
  const text = written.trim();
  const parsed = isTemplate(text) ? parseTemplate(text) : parseExpression(text);
  const [problem] = parsed.problems;
  if (problem !== undefined) throw new UsageError(`--origin ${printable(text)}: ${problem.message}`);
  const view = viewRecord(planOf(run).plan, createTimeline(recorded.events), (ref) => {
    const value = recorded.value(ref);
    if (value === undefined) throw new UnusableInput(`The record has lost the value ${ref.ref}.`);
    return value;
  });
  const { address } = stage;
  const own = (root: string, path: readonly ValueStep[]): ValuePlace | null =>
    root === "inputs" || root === "output" ? { kind: root, address, path } : null;
  const seen = new Set<string>();
  const grown = (trace: ValueTrace): Origin => ({
    steps: trace.steps,
    of: trace.of.flatMap((then) => {
      const key = JSON.stringify(then);
      if (seen.has(key) || seen.size >= MOST_PLACES) return [];
      seen.add(key);
      return [grown(view.traceValue(then))];
    }),
  });
  return grown(view.traceExpression(parsed, { address, seq: state.seq, own }));
}

/** The record as the debugger plans it: with no key and no file of now. */
function planOf({ recorded }: OpenRun): PlannedRecord {
  try {
    return planRecord(recorded);
  } catch (error) {
    if (error instanceof Error && error.name === "AdapterError") throw new UnusableInput(error.message);
    throw error;
  }
}

function lines({ steps, of }: Origin, indent: string): readonly string[] {
  return [
    ...steps.map(
      (step) =>
        `${indent}${printable(placeWords(step.place))}  ${printable(causeWords(step.cause))}${whereOf(step)}`,
    ),
    ...of.flatMap((each) => lines(each, `${indent}  `)),
  ];
}

/** The attempt and the event by which it came there. */
function whereOf({ attempt, event, address, value }: TraceStep): string {
  const words = [
    ...(address !== null && attempt !== null ? [`attempt ${attempt}`] : []),
    ...(event === null ? [] : [`event ${event}`]),
  ];
  const where = words.length === 0 ? "" : ` (${words.join(", ")})`;
  return value === undefined ? where : `${where}  ${printable(short(value))}`;
}

function documentOf({ steps, of }: Origin): Json {
  return {
    steps: steps.map(({ place, cause, address, attempt, event, value }) => ({
      place: placeWords(place),
      cause: cause.kind,
      text: causeWords(cause),
      stage: address === null ? null : addressKey(address),
      attempt,
      event,
      value: value === undefined ? null : short(value),
    })),
    of: of.map(documentOf),
  };
}

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
