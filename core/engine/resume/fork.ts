import { encodeJson, type ForkOrigin, type JournalEvent, standingEvents } from "#core/journal";
import type { Json } from "#core/ports";
import type { RunPlan } from "../plan/run-plan.ts";
import { deliveryWhenForked } from "./delivery-record.ts";
import { createDrops } from "./drop.ts";
import { type Continuation, continuation, type RunRecord, valueIn, whatChanges } from "./go-on.ts";
import { indexRecord, type StageRecord } from "./record-index.ts";
import { dropWhatWentWrong } from "./retry-seeds.ts";

/** What is not as it was where a run is forked. */
export interface ForkChanges {
  /** Says what about a stage of the record has changed so that it runs again, in a few words; null where nothing has. */
  changeOf(stage: StageRecord): string | null;
  /** Whether a stage is to run again though nothing about it has changed. */
  isAsked?(stage: StageRecord): boolean;
  /** The output that a stage is to have had instead of what it gave; undefined where that stays. */
  outputOf(stage: StageRecord): Json | undefined;
}

/**
 * How a new run goes on from what another had recorded by `origin.seq`: stages that changed, or that used what did, run
 * again; what had gone wrong is tried again; the rest is taken over. `plan` may be of another text and another input. The
 * journal of the new run begins with a copy of what is taken over, so that it can be read without the other.
 */
export function forkRun(
  plan: RunPlan,
  record: RunRecord,
  origin: ForkOrigin,
  changes: ForkChanges,
): Continuation {
  const until = record.events.filter(({ seq }) => seq <= origin.seq);
  const standing = standingEvents(until);
  const index = indexRecord(plan, standing);
  const drops = createDrops(index.stages);
  const outputs = new Map<JournalEvent, Json>();
  for (const stage of index.stages) {
    const what = changes.changeOf(stage);
    if (what !== null) drops.stage(stage, { kind: "changed", what });
    else if (changes.isAsked?.(stage) === true) drops.stage(stage, { kind: "asked" });
    const output = changes.outputOf(stage);
    if (output === undefined || stage.end?.kind !== "stage-succeeded") continue;
    outputs.set(stage.end, output);
    // What is given now takes the place of what was set by hand then, too.
    for (const event of stage.events)
      if (event.kind === "value-overridden" && event.target.kind === "output") drops.event(event);
    drops.users(stage);
  }
  dropWhatWentWrong(index, standing, drops);
  const given = new Map(Array.from(outputs.values(), encodeJson).map(({ hash, value }) => [hash, value]));
  const recorded = valueIn(record);
  const delivery = deliveryWhenForked(standing);
  return continuation({ standing, index, drops, record, delivery }, (kept) => ({
    events: kept.map((event): JournalEvent => {
      const output = outputs.get(event);
      if (output === undefined || event.kind !== "stage-succeeded") return event;
      return { ...event, output: { ref: encodeJson(output).hash } };
    }),
    value: (ref) => given.get(ref.ref) ?? recorded(ref),
    resumed: { kind: "run-resumed", fork: origin, ...whatChanges(standing, kept, drops), dropped: [] },
    nextSeq: 0,
    own: [],
    isDelivered: false,
  }));
}
