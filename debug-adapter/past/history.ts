import { type GatePoint, type RecordedGate, type RecordView, type RunPlan, viewRecord } from "#core/engine";
import type { Scope } from "#core/expressions";
import {
  addUsage,
  countUsage,
  createTimeline,
  type JournalEvent,
  noUsage,
  type UsageTotals,
  usageAsJson,
  type ValueRef,
} from "#core/journal";
import { addressKey, type Json, type ModelRequest, type StageAddress } from "#core/ports";
import { type ByHand, byHandIn } from "../by-hand.ts";
import type { RunMetrics } from "../run-metrics.ts";
import { type Branches, createBranches } from "./branches.ts";
import { createMoments, type Moments } from "./moments.ts";
import { createRecordedSteps, type RecordedStep } from "./recorded-steps.ts";

/** A run's record while a session looks at it: whole, or growing with the run. */
export interface History {
  /** Takes the next event in. */
  record(event: JournalEvent): void;
  readonly events: readonly JournalEvent[];
  /** Where the run came to gates, in order. */
  readonly gates: readonly RecordedGate[];
  readonly branches: Branches;
  readonly moments: Moments;
  /** What an event of it refers to. */
  value(ref: ValueRef): Json;
  pointOf(gate: RecordedGate): GatePoint;
  /** The steps within the attempt that begins at a gate, in order; none of one that asked no model. */
  stepsOf(gate: RecordedGate): readonly RecordedStep[];
  /** What expressions of a stage saw after the event `seq`; undefined where the record cannot tell. */
  scopeAt(seq: number, address: StageAddress): Scope | undefined;
  /** Follows values back to what produced them. */
  readonly trace: Pick<RecordView, "traceValue" | "traceExpression">;
  /** What had been set by hand up to the event `seq`; infinity for all of it. */
  byHandAt(seq: number): ByHand;
  /** What replaces every stage's provider; null when nothing does. */
  readonly provider: string | null;
  /** What a stage had asked a model last, up to the event `seq`. */
  askedAt(seq: number, address: StageAddress): ModelRequest | null;
  /** What models had used up to the event `seq`. */
  metricsAt(seq: number): RunMetrics;
}

/** The history of a run of `plan`; `value` reads what the record refers to, and throws where that is not there. */
export function createHistory(
  plan: RunPlan,
  events: Iterable<JournalEvent>,
  value: (ref: ValueRef) => Json,
): History {
  const timeline = createTimeline([]);
  const view = viewRecord(plan, timeline, value);
  const moments = createMoments(view.gates);
  const steps = createRecordedSteps(timeline.events);
  /** What was used up to each answer of a model. */
  const totals: { readonly seq: number; readonly used: UsageTotals }[] = [];

  /** By the keys of their stages. */
  const asked = new Map<string, Extract<JournalEvent, { kind: "model-called" }>[]>();

  const record = (event: JournalEvent): void => {
    if (event.kind === "model-called") {
      const key = addressKey(event.address);
      asked.set(key, [...(asked.get(key) ?? []), event]);
    }
    steps.append(event, timeline.events.length);
    timeline.append(event);
    view.append(event);
    moments.append(event);
    if (event.kind === "model-answered")
      totals.push({ seq: event.seq, used: countUsage(totals.at(-1)?.used ?? noUsage, event) });
  };
  for (const event of events) record(event);

  return {
    record,
    events: timeline.events,
    gates: view.gates,
    branches: createBranches(view.gates),
    moments,
    value,
    pointOf: view.pointOf,
    stepsOf: ({ kind, address, attempt }) => (kind === "before" ? steps.of(address, attempt) : []),
    scopeAt: view.scopeAt,
    trace: view,
    provider: plan.provider,
    askedAt: (seq, address) =>
      asked.get(addressKey(address))?.findLast((each) => each.seq <= seq)?.request ?? null,
    byHandAt: (seq) => byHandIn(() => timeline.stateAt(seq), value),
    metricsAt: (seq) => ({
      of: (address) => {
        const stage = timeline.stateAt(seq).stages.get(addressKey(address));
        if (stage === undefined || stage.attempt === 0) return null;
        const { attempt, startedAt, finishedAt, usage } = stage;
        const last = usage.at(-1);
        return {
          attempts: attempt,
          ...(startedAt === null || finishedAt === null ? {} : { durationMs: finishedAt - startedAt }),
          ...(last === undefined
            ? {}
            : { model: `${last.provider}/${last.model}`, ...usageAsJson(usage.reduce(addUsage, noUsage)) }),
        };
      },
      total: () => {
        const used = totals.findLast((each) => each.seq <= seq)?.used;
        return used === undefined ? null : usageAsJson(used);
      },
    }),
  };
}
