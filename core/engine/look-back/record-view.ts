import type { ParsedExpression, ParsedTemplate, Scope } from "#core/expressions";
import type { JournalEvent, Timeline } from "#core/journal";
import type { Json, JsonObject, StageAddress } from "#core/ports";
import type { GatePoint } from "../gate.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import { stageScope } from "../run/scope.ts";
import { createOpenings } from "./openings.ts";
import type { ProvenanceSource } from "./provenance/stage-events.ts";
import {
  type ExpressionThen,
  type PlaceThen,
  traceExpression,
  traceValue,
  type ValueTrace,
} from "./provenance/trace-value.ts";
import { frameAt, type RecordSource } from "./recorded-frames.ts";
import { createRecordedGates, type RecordedGate } from "./recorded-gates.ts";

/** A run at any point of its record, as it was looked at from inside then. Nothing is run, asked or recorded for it. */
export interface RecordView {
  /** Takes the next event in, after the timeline has. */
  append(event: JournalEvent): void;
  /** Where the run asked whether it may go on, in order; a run at work adds to them. */
  readonly gates: readonly RecordedGate[];
  /** A gate as it was asked. Its values are read when they are looked at. */
  pointOf(gate: RecordedGate): GatePoint;
  /**
   * What expressions of the stage at `address` saw after the event `seq`, as `Run.scopeAt` gives it; undefined where
   * the record does not have the frame or the stage.
   */
  scopeAt(seq: number, address: StageAddress): Scope | undefined;
  /** Follows a value back to what produced it. Throws where the record has lost a value of the way. */
  traceValue(from: PlaceThen): ValueTrace;
  /** The same for what an expression of a stage gives. */
  traceExpression(parsed: ParsedExpression | ParsedTemplate, at: ExpressionThen): ValueTrace;
}

/** Looks at the record of a run of `plan`: `timeline` has its events, `value` its values or throws. */
export function viewRecord(plan: RunPlan, timeline: Timeline, value: RecordSource["value"]): RecordView {
  const openings = createOpenings();
  const gates = createRecordedGates();
  const source: ProvenanceSource = { plan, timeline, openings, value };
  const append = (event: JournalEvent): void => {
    openings.append(event);
    gates.append(event);
  };
  for (const event of timeline.events) append(event);
  return {
    append,
    gates: gates.all,
    pointOf: (gate) => pointOf(gate, value),
    traceValue: (from) => traceValue(source, from),
    traceExpression: (parsed, at) => traceExpression(source, parsed, at),
    scopeAt: (seq, { frames, stage: id }) => {
      const frame = frameAt(source, seq, frames);
      const stage = frame?.pipeline.plan.stages.get(id);
      if (frame === undefined || stage === undefined) return undefined;
      const output = frame.schedule.region === stage.region ? frame.outputs.at(stage.index) : undefined;
      const runId = timeline.stateAt(seq).runId;
      return stageScope({ runId, frame, stage }, output === undefined ? {} : { output });
    },
  };
}

function pointOf(gate: RecordedGate, value: RecordSource["value"]): GatePoint {
  const { address, attempt, lane } = gate;
  const place = { address, stage: address.stage, attempt, lane };
  if (gate.kind === "before") {
    const { event } = gate;
    if (event.kind === "stage-failed")
      return { kind: "before", ...place, inputs: { ok: false, failure: event.failure } };
    return {
      kind: "before",
      ...place,
      inputs: {
        ok: true,
        get value() {
          return objectOf(value(event.inputs));
        },
      },
    };
  }
  const { event } = gate;
  switch (event.kind) {
    case "stage-succeeded":
      return {
        kind: "after",
        ...place,
        outcome: {
          kind: "succeeded",
          get output() {
            return value(event.output);
          },
        },
      };
    case "stage-failed":
      return {
        kind: "after",
        ...place,
        outcome: { kind: "failed", failure: event.failure, next: event.next },
      };
    case "stage-cancelled":
      return { kind: "after", ...place, outcome: { kind: "cancelled" } };
  }
}

/** Inputs are recorded as the object that they are; a forged record may have anything. */
function objectOf(value: Json): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : { value };
}
