/**
 * Ends a wait that the engine itself has on a clock. It gives a reason, which nobody reads: without one abort() makes
 * an exception with a stack trace, and in a short run the few of them take longer than its stages.
 */
export function endWait(wait: AbortController): void {
  wait.abort("no longer waited for");
}
