import type { StageAddress } from "#core/ports";
import type { SessionBreakpoints } from "../breakpoints/session-breakpoints.ts";
import type { BreakpointHit } from "../stops.ts";
import type { History } from "./history.ts";
import { type PastSetting, scopeOf } from "./shown-past.ts";

/** The breakpoints that there are now, in a past. */
export interface PastHits {
  /** What would have stopped a run that came to the gate `at` with them; null for none. */
  hitAt(at: number): BreakpointHit | null;
  /** Rises when breakpoints change. */
  revision(): number;
}

/**
 * Conditions see what was recorded, and hits are counted from the beginning of the record; log points have logged. All
 * gates are gone through when one is asked for, and again after the breakpoints have changed or the run has gone on.
 */
export function createPastHits(
  history: History,
  setting: Pick<PastSetting, "fileAt">,
  breakpoints: SessionBreakpoints,
): PastHits {
  let hits: readonly (BreakpointHit | null)[] = [];
  let revision = -1;

  const goThrough = (): readonly (BreakpointHit | null)[] =>
    breakpoints.afresh(() => {
      let seq = 0;
      const seen = {
        fileAt: setting.fileAt,
        scopeAt: (address: StageAddress) => scopeOf(history, seq, address),
        say: () => {},
      };
      const stops = breakpoints.of(seen, "record");
      return history.gates.map((gate) => {
        seq = gate.seq;
        return stops.hitAt(history.pointOf(gate));
      });
    });

  return {
    revision: () => breakpoints.revision(),
    hitAt: (at) => {
      if (!breakpoints.isAny()) return null;
      if (revision !== breakpoints.revision() || hits.length !== history.gates.length) {
        revision = breakpoints.revision();
        hits = goThrough();
      }
      return hits[at] ?? null;
    },
  };
}
