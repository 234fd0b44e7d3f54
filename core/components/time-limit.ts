import type { Clock, Failure } from "#core/ports";

/** What a task that ran out of time ended with. */
export interface TimedOut {
  readonly ok: false;
  readonly failure: Failure;
}

/** Runs a task whose signal aborts with `signal` or after `ms`; in the second case the outcome is a TIMEOUT at once. */
export async function withTimeLimit<Outcome>(
  limit: {
    readonly ms: number;
    readonly clock: Clock;
    readonly message: string;
    /** Milliseconds so far that do not count; none without it. */
    readonly heldMs?: () => number;
  },
  task: (signal: AbortSignal) => Promise<Outcome>,
  signal: AbortSignal,
): Promise<Outcome | TimedOut> {
  const finished = new AbortController();
  const expired = new AbortController();
  const expiry = expire(limit, AbortSignal.any([signal, finished.signal])).then((isExpired) => {
    if (isExpired) expired.abort();
    return isExpired;
  });
  const work = task(AbortSignal.any([signal, expired.signal]));
  const outcome = await Promise.race<Outcome | TimedOut>([
    work,
    expiry.then<Outcome | TimedOut>((isExpired) => (isExpired ? timeout(limit.message) : work)),
  ]);
  finished.abort();
  // A task that saw its signal first may have reported something else on its way out.
  return expired.signal.aborted ? timeout(limit.message) : outcome;
}

/** Waits until the time is over, or the signal aborts: then false. */
async function expire(
  {
    ms,
    clock,
    heldMs = () => 0,
  }: { readonly ms: number; readonly clock: Clock; readonly heldMs?: () => number },
  signal: AbortSignal,
): Promise<boolean> {
  let counted = heldMs();
  for (let left = ms; left > 0; ) {
    await clock.sleep(left, signal);
    if (signal.aborted) return false;
    left = heldMs() - counted;
    counted += left;
  }
  return true;
}

function timeout(message: string): TimedOut {
  return { ok: false, failure: { type: "TIMEOUT", message, recoverable: true } };
}
