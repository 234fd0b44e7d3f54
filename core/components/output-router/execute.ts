import { type Deliveries, deliverAll } from "../delivery/deliver-all.ts";
import type { Delivery } from "../delivery/message.ts";
import { readDestinations } from "../delivery/read-destinations.ts";
import { failed, implementWaiting, type StageOutcome } from "../implementation.ts";
import { outputRouter } from "./definition.ts";

/** Delivers, and counts what arrived. */
export const outputRouterImplementation = implementWaiting(outputRouter, async (call, signal) => {
  const { data, destinations, is_error, error_message, metadata, parallel, fail_on_error } = call.inputs;
  const message = {
    data,
    is_error,
    error_message: error_message ?? null,
    metadata,
    timestamp: call.attempt.now,
  };
  const read = readDestinations(call, destinations, message);
  if (!read.ok) return read;
  const errorType = metadata["error_type"];
  const order = {
    destinations: read.destinations,
    message,
    errorType: typeof errorType === "string" ? errorType : null,
    errorsByDefault: false,
    manner: parallel ? "parallel" : "sequential",
  } as const;
  const ended = await deliverAll(call, order, signal);
  const { deliveries } = ended;
  if (signal.aborted) return failed("CANCELLED", "The deliveries were cancelled.");
  const count = (status: Delivery["status"]): number =>
    deliveries.filter((delivery) => delivery.status === status).length;
  const failures = deliveries.filter(({ status }) => status === "failed");
  if (fail_on_error && failures.length > 0) return undelivered(ended, failures);
  return {
    ok: true,
    output: {
      total_destinations: deliveries.length,
      successful_deliveries: count("delivered"),
      failed_deliveries: failures.length,
      skipped_deliveries: count("skipped"),
      results: deliveries.map((delivery) => ({ ...delivery })),
      all_succeeded: failures.length === 0,
    },
  };
});

function undelivered({ deliveries, canBeRepeated }: Deliveries, failures: readonly Delivery[]): StageOutcome {
  const reasons = failures.map(({ name, error }) => `"${name}": ${error}`).join(" ");
  const { failure } = failed(
    "EXECUTION",
    `${failures.length} of ${deliveries.length} deliveries failed. ${reasons}`,
    "destinations",
  );
  const details = { results: deliveries.map((delivery) => ({ ...delivery })) };
  return { ok: false, failure: { ...failure, recoverable: canBeRepeated, details } };
}
