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

/** A way through a past with the breakpoints of a revision, as far as it has got. */
interface Pass {
  readonly revision: number;
  readonly hits: readonly (BreakpointHit | null)[];
  /** Takes in the gates that the run has come to since. */
  goOn(): void;
}

/**
 * Conditions see what was recorded, and hits are counted from the beginning of the record; log points have logged. All
 * gates are gone through when one is asked for after the breakpoints have changed; when the run has gone on, those that are
 * new: what was at a gate stays as it was.
 */
export function createPastHits(
  history: History,
  setting: Pick<PastSetting, "fileAt">,
  breakpoints: SessionBreakpoints,
): PastHits {
  let pass: Pass | null = null;

  const begin = (): Pass => {
    const hits: (BreakpointHit | null)[] = [];
    const apart = breakpoints.countApart();
    let seq = 0;
    const seen = {
      fileAt: setting.fileAt,
      scopeAt: (address: StageAddress) => scopeOf(history, seq, address),
      say: () => {},
    };
    const stops = breakpoints.of(seen, "record");
    return {
      revision: breakpoints.revision(),
      hits,
      goOn: () => {
        if (hits.length === history.gates.length) return;
        apart(() => {
          for (const gate of history.gates.slice(hits.length)) {
            seq = gate.seq;
            hits.push(stops.hitAt(history.pointOf(gate)));
          }
        });
      },
    };
  };

  return {
    revision: () => breakpoints.revision(),
    hitAt: (at) => {
      if (!breakpoints.isAny()) return null;
      if (pass?.revision !== breakpoints.revision()) pass = begin();
      pass.goOn();
      return pass.hits[at] ?? null;
    },
  };
}
