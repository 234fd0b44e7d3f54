import type { Clock, Failure } from "#core/ports";

/** What a task that ran out of time ended with. */
export interface TimedOut {
  readonly ok: false;
  readonly failure: Failure;
}

/** Runs a task whose signal aborts with `signal` or after `ms`; in the second case the outcome is a TIMEOUT at once. */
export async function withTimeLimit<Outcome>(
  limit: { readonly ms: number; readonly clock: Clock; readonly message: string },
  task: (signal: AbortSignal) => Promise<Outcome>,
  signal: AbortSignal,
): Promise<Outcome | TimedOut> {
  const finished = new AbortController();
  const expired = new AbortController();
  const expiry = limit.clock.sleep(limit.ms, AbortSignal.any([signal, finished.signal])).then(() => {
    if (!signal.aborted && !finished.signal.aborted) expired.abort();
    return expired.signal.aborted;
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

function timeout(message: string): TimedOut {
  return { ok: false, failure: { type: "TIMEOUT", message, recoverable: true } };
}
