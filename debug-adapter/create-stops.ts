import type { StageAddress } from "#core/ports";
import { stopAlone } from "./stop-alone.ts";
import { stopTogether } from "./stop-together.ts";
import type { Entry, Reach, Stops, TellStop } from "./stops.ts";

/**
 * The stops of a run; `which` says whether all of its branches stop where one does, or only that one. `begun` are the
 * stages that are between their two gates already.
 */
export function createStops(
  entry: Entry,
  told: TellStop,
  which: Reach = "all",
  begun: readonly StageAddress[] = [],
): Stops {
  switch (which) {
    case "all":
      return stopTogether(entry, told, begun);
    case "branch":
      return stopAlone(entry, told, begun);
  }
}
