import type { JournalEvent } from "#core/journal";
import { deliveryId } from "#core/pipeline";
import type { StageAddress } from "#core/ports";

/** Where the delivery of a run's result stands in its journal. */
export const deliveryAddress: StageAddress = { frames: [], stage: deliveryId };

/** Whether an event is about the delivery of the run's result, which is no stage of the pipeline. */
export function isOfDelivery(event: JournalEvent): boolean {
  return "address" in event && event.address.stage === deliveryId && event.address.frames.length === 0;
}

/**
 * What becomes of a delivery that a run has begun, where it goes on: `kept` is not made again, `again` is one of another
 * result, and `ask` would be one more of what may have arrived.
 */
export type DeliveryFate = "none" | "kept" | "again" | "ask";

/** The fate of the delivery in what counts of a record that its run goes on from. */
export function deliveryWhenResumed(standing: readonly JournalEvent[]): DeliveryFate {
  const events = standing.filter(isOfDelivery);
  if (events.length === 0) return "none";
  // Of several destinations some may have got what others did not.
  if (!events.some(({ kind }) => kind === "stage-succeeded")) return "ask";
  // What was delivered of a run that failed is news of its failure.
  return standing.some(({ kind }) => kind === "run-finished") ? "again" : "kept";
}

/** The same for a fork, whose result is a new one, and goes to whoever got the other. */
export function deliveryWhenForked(standing: readonly JournalEvent[]): DeliveryFate {
  return standing.some(isOfDelivery) ? "ask" : "none";
}
