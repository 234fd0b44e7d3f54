import { type JournalBody, type JournalEvent, rangesOf, standingEvents, type ValueRef } from "#core/journal";
import { addressKey, type Json, type StageAddress } from "#core/ports";
import type { RunPlan, StagePlan } from "../plan/run-plan.ts";
import { changedVariables } from "./changed-variables.ts";
import { type DeliveryFate, deliveryAddress, deliveryWhenResumed, isOfDelivery } from "./delivery-record.ts";
import { createDrops, type Drops, type Why } from "./drop.ts";
import { hadEffect } from "./had-effect.ts";
import { RecordFault } from "./record-fault.ts";
import { indexRecord, type RecordIndex, type StageRecord } from "./record-index.ts";
import { dropWhatWentWrong } from "./retry-seeds.ts";
import type { StartFrom } from "./start-from.ts";

/** A record as its journal has it. */
export interface RunRecord {
  readonly events: readonly JournalEvent[];
  value(ref: ValueRef): Json | undefined;
}

/** How a run can go on from a record. */
export interface Continuation {
  readonly startFrom: StartFrom;
  /** Stages that have run and are to run again, as far as they are reached. */
  readonly again: readonly { readonly address: StageAddress; readonly why: Why }[];
  /** Those of them that may have had an effect already, which a second run would have twice. */
  readonly effects: readonly StageAddress[];
  /** Ids of the pipeline's own stages that are still to run, and have not in what is taken over nor in what is taken out. */
  readonly ahead: readonly string[];
  /** Of both, as addresses name them: those that may ask a language model and of whose asking the record tells nothing. */
  readonly asking: readonly string[];
  /** Stages of the record that the pipeline does not have any longer, as addresses name them. */
  readonly unmapped: readonly string[];
}

/**
 * How a run goes on that was stopped: after a crash exactly where it was, what had begun and not ended beginning anew;
 * after a failure or a cancellation with what went wrong tried again. Whatever succeeded stays, unless it used what
 * went wrong. `plan` is made of the texts and the input that the record has.
 */
export function resumeRun(plan: RunPlan, record: RunRecord): Continuation {
  const standing = standingEvents(record.events);
  const index = indexRecord(plan, standing);
  const drops = createDrops(index.stages);
  if (standing.some(({ kind }) => kind === "run-finished" || kind === "run-ending"))
    dropWhatWentWrong(index, standing, drops);
  const last = record.events.at(-1)?.seq ?? -1;
  const delivery = deliveryWhenResumed(standing);
  return continuation({ standing, index, drops, record, delivery }, (kept) => ({
    events: kept,
    value: valueIn(record),
    resumed: {
      kind: "run-resumed",
      fork: null,
      ...whatChanges(standing, kept, drops),
      dropped: rangesOf(standing.filter((event) => drops.events.has(event)).map(({ seq }) => seq)),
    },
    nextSeq: last + 1,
    own: ownEvents(record),
    isDelivered: delivery === "kept",
  }));
}

/** What a fork took over from another run was that one's. */
function ownEvents({ events }: RunRecord): readonly JournalEvent[] {
  const begun = events.findLastIndex((event) => event.kind === "run-resumed" && event.fork !== null);
  return events.slice(Math.max(0, begun));
}

/** What is taken from a record, as it becomes known. */
interface Taken {
  readonly standing: readonly JournalEvent[];
  readonly index: RecordIndex;
  readonly drops: Drops;
  readonly record: RunRecord;
  readonly delivery: DeliveryFate;
}

/** Takes out what has not ended and what ended the run, and puts the rest together. */
export function continuation(
  { standing, index, drops, record, delivery }: Taken,
  startFrom: (kept: readonly JournalEvent[]) => StartFrom,
): Continuation {
  for (const stage of index.stages) {
    if (stage.end === null && stage.decided === null) drops.stage(stage, { kind: "unfinished" });
  }
  for (const event of standing) {
    if (event.kind === "run-finished" || event.kind === "run-ending") drops.event(event);
  }
  const unmapped = index.unmapped.filter((event) => !isOfDelivery(event));
  for (const event of delivery === "kept" ? unmapped : index.unmapped) drops.event(event);
  const ahead = index.root.region.stages.filter(({ index: at }) => !index.root.stages.has(at));
  const again = Array.from(drops.again, ([{ address }, why]) => ({ address, why }));
  return {
    startFrom: startFrom(standing.filter((event) => !drops.events.has(event))),
    again,
    effects: [
      ...[...drops.again.keys()].filter((stage) => hadEffect(stage, record)).map(({ address }) => address),
      ...(delivery === "ask" ? [deliveryAddress] : []),
    ],
    ahead: ahead.map(({ id }) => id),
    asking: [
      ...[...drops.again.keys()].filter(mayAskUntold).map(({ address }) => addressKey(address)),
      ...ahead.filter(asksModel).map(({ id }) => id),
    ],
    unmapped: [
      ...new Set(unmapped.flatMap((event) => ("address" in event ? [addressKey(event.address)] : []))),
    ],
  };
}

/** What a fold has to know to be as if nothing but `kept` had happened. */
export function whatChanges(
  standing: readonly JournalEvent[],
  kept: readonly JournalEvent[],
  drops: Drops,
): Pick<Extract<JournalBody, { kind: "run-resumed" }>, "again" | "reopened" | "variables"> {
  return {
    again: [
      ...Array.from(drops.again.keys(), ({ address }) => address),
      ...(standing.some(isOfDelivery) && !kept.some(isOfDelivery) ? [deliveryAddress] : []),
    ],
    reopened: Array.from(drops.reopened, ({ address, decided }) => ({
      address,
      output: decided?.output ?? null,
    })),
    variables: changedVariables(standing, kept),
  };
}

/** Looks values up that have to be there: throws {@link RecordFault} for one that is not. */
export function valueIn(record: RunRecord): StartFrom["value"] {
  return (ref) => {
    const value = record.value(ref);
    if (value === undefined) throw new RecordFault(`the value ${ref.ref}`, "It is not there.");
    return value;
  };
}

/** A stage whose output came from the cache, for one, or that was not reached; what an owner ran speaks for itself. */
function mayAskUntold({ plan, events, owned }: StageRecord): boolean {
  return owned.length === 0 && asksModel(plan) && !events.some(({ kind }) => kind === "model-answered");
}

function asksModel({ definition, owns }: StagePlan): boolean {
  return definition.requiresModel || [...owns.values()].some(({ stages }) => stages.some(asksModel));
}
