import type { JournalEvent } from "#core/journal";
import { isJsonObject } from "#core/pipeline";
import { mayRepeat } from "../run/may-repeat.ts";
import type { RunRecord } from "./go-on.ts";
import type { StageRecord } from "./record-index.ts";

/**
 * Whether a stage may have done something to the world that doing it again would do twice: it is not idempotent, and an
 * attempt at it succeeded, or was under way when everything stopped. One that failed has said that it did not do it.
 */
export function hadEffect({ plan, events }: StageRecord, record: RunRecord): boolean {
  let begun: Extract<JournalEvent, { kind: "stage-started" }> | null = null;
  for (const event of events) {
    if (event.kind === "stage-started") begun = event;
    if (event.kind === "stage-failed") begun = null;
    // Its output was taken from elsewhere: it did nothing in this run.
    if (event.kind === "stage-cache" && (event.outcome.kind === "hit" || event.outcome.kind === "pinned"))
      begun = null;
  }
  if (begun === null || plan.isMatrix) return false;
  const inputs = record.value(begun.inputs);
  return !mayRepeat(plan, isJsonObject(inputs) ? inputs : {});
}
