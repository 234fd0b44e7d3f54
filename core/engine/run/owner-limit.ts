import type { RunFailure } from "#core/journal";
import type { Live } from "./live.ts";
import { wentOver } from "./overspend.ts";
import type { Session } from "./session.ts";

/** Milliseconds after which an owner that stands at a gate is looked at again, at the earliest. */
const LIMIT_STEP_MS = 50;

/** How long an owner may take for all that it owns, in milliseconds, and who says so: `timeout`, or a called pipeline's budget. */
export type OwnerLimit =
  | { readonly cap: "timeout"; readonly ms: number }
  | { readonly cap: "wall_time"; readonly ms: number; readonly pipeline: string };

/**
 * Gives an owner so long for all that it owns, of which `spentMs` are over. Time in which a person looks at a stop does
 * not count.
 */
export function watchOwner(session: Session, live: Live, limit: OwnerLimit, spentMs = 0): void {
  live.limit = { ...limit, heldBefore: session.heldMs() };
  session.deadlines.watch(live, Math.max(0, limit.ms - spentMs));
}

/** An owner's time is over: unless some of it was spent at a gate, what it owns is stopped. */
export function expireOwner(session: Session, live: Live): void {
  const { limit, address } = live;
  if (limit === null) return;
  const held = session.heldMs() - limit.heldBefore;
  if (held > 0) {
    live.limit = { ...limit, heldBefore: limit.heldBefore + held };
    return session.deadlines.watch(live, Math.max(held, LIMIT_STEP_MS));
  }
  session.apply(
    session.recorder.record({ kind: "stage-ending", address, failure: tookTooLong(live.stage.id, limit) }),
  );
}

function tookTooLong(stage: string, limit: OwnerLimit): RunFailure {
  const failure = { type: "TIMEOUT", recoverable: true, stage: null } as const;
  switch (limit.cap) {
    case "timeout": {
      const message = `The stage "${stage}" and what it runs took longer than the limit of ${limit.ms} ms. Raise its "timeout", or find out what is slow.`;
      return { ...failure, message };
    }
    case "wall_time": {
      const { cap, ms, pipeline } = limit;
      const message = `${wentOver({ kind: "call", pipeline })} of time: it took longer than ${ms} ms. Raise "wall_time" of the budget, or find out what is slow.`;
      return { ...failure, message, details: { cap, limit: ms, pipeline } };
    }
  }
}
