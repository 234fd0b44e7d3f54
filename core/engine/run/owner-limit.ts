import type { Live } from "./live.ts";
import type { Session } from "./session.ts";

/** Milliseconds after which an owner that stands at a gate is looked at again, at the earliest. */
const LIMIT_STEP_MS = 50;

/** Gives an owner so long for all that it owns. Time in which a person looks at a stop does not count. */
export function watchOwner(session: Session, live: Live, limitMs: number): void {
  live.limit = { ms: limitMs, heldBefore: session.heldMs() };
  session.deadlines.watch(live, limitMs);
}

/** An owner's time is over: unless some of it was spent at a gate, what it owns is stopped. */
export function expireOwner(session: Session, live: Live): void {
  const { limit, stage, address } = live;
  if (limit === null) return;
  const held = session.heldMs() - limit.heldBefore;
  if (held > 0) {
    live.limit = { ms: limit.ms, heldBefore: limit.heldBefore + held };
    return session.deadlines.watch(live, Math.max(held, LIMIT_STEP_MS));
  }
  const message = `The stage "${stage.id}" and what it runs took longer than the limit of ${limit.ms} ms. Raise its "timeout", or find out what is slow.`;
  const failure = { type: "TIMEOUT", message, recoverable: true, stage: null } as const;
  session.apply(session.recorder.record({ kind: "stage-ending", address, failure }));
}
