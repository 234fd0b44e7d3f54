import { addressKey, type StageAddress } from "#core/ports";
import { deliverAll } from "../delivery/deliver-all.ts";
import { readDestinations } from "../delivery/read-destinations.ts";
import { failed, implementWaiting } from "../implementation.ts";
import { errorRouter } from "./definition.ts";

/** Tells of the failure, and counts whom it reached. */
export const errorRouterImplementation = implementWaiting(errorRouter, async (call, signal) => {
  const { error_type, error_message, severity, destinations, include_stack_trace } = call.inputs;
  const { stage_id = null, pipeline_id = null, run_id = call.attempt.runId } = call.inputs;
  const about = { error_type, severity, stage_id, pipeline_id, run_id };
  const trace = include_stack_trace ? { stack_trace: wayTo(call.attempt.address) } : {};
  const message = {
    data: { ...about, error_message, ...trace },
    is_error: true,
    error_message,
    metadata: about,
    timestamp: call.attempt.now,
  };
  const read = readDestinations(call, destinations, message);
  if (!read.ok) return read;
  const { deliveries } = await deliverAll(
    call,
    {
      destinations: read.destinations,
      message,
      errorType: error_type,
      errorsByDefault: true,
      manner: "parallel",
    },
    signal,
  );
  if (signal.aborted) return failed("CANCELLED", "The notifications were cancelled.");
  return {
    ok: true,
    output: {
      notifications_sent: deliveries.filter(({ status }) => status === "delivered").length,
      failed_notifications: deliveries.filter(({ status }) => status === "failed").length,
      results: deliveries.map((delivery) => ({ ...delivery })),
    },
  };
});

/** The stage first, then what is around it: `["each[2]/notify", "each[2]"]`. */
function wayTo({ frames, stage }: StageAddress): readonly string[] {
  const around = frames.map((_, depth) => addressKey({ frames: frames.slice(0, depth + 1), stage: "" }));
  return [addressKey({ frames, stage }), ...around.toReversed().map((key) => key.replace(/\/$/, ""))];
}
