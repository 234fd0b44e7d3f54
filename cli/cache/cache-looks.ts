import type { JournalEvent } from "#core/journal";
import { addressKey, type CacheOutcome } from "#core/ports";

/** What the cache did for an attempt at a stage. */
export interface CacheLook {
  /** The stage's address as a text. */
  readonly stage: string;
  readonly attempt: number;
  /** When it was looked for, in milliseconds since 1970. */
  readonly at: number;
  /** What was found; null where the cache could not be used. */
  readonly outcome: Extract<CacheOutcome, { kind: "hit" | "miss" }> | null;
  /** What was kept afterwards; null where nothing is told of it, as after a hit and a failure. */
  readonly end: Extract<CacheOutcome, { kind: "stored" | "not-stored" }> | null;
}

/** The looks of the last attempt of each stage of that address, or of that id in whatever frames. */
export function cacheLooks(events: readonly JournalEvent[], name: string): readonly CacheLook[] {
  const looks = new Map<string, CacheLook>();
  for (const event of events) {
    if (event.kind !== "stage-cache") continue;
    const { address, attempt, at, outcome } = event;
    const stage = addressKey(address);
    if (stage !== name && address.stage !== name) continue;
    switch (outcome.kind) {
      // The cache was not asked.
      case "pinned":
        break;
      case "hit":
      case "miss":
        looks.set(stage, { stage, attempt, at, outcome, end: null });
        break;
      case "stored":
      case "not-stored": {
        const before = looks.get(stage);
        const found = before?.attempt === attempt && before.end === null ? before.outcome : null;
        looks.set(stage, { stage, attempt, at: before?.at ?? at, outcome: found, end: outcome });
        break;
      }
    }
  }
  return [...looks.values()];
}
