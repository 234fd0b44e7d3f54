import { stopAlone } from "./stop-alone.ts";
import { stopTogether } from "./stop-together.ts";
import type { Entry, Reach, Stops, TellStop } from "./stops.ts";

/** The stops of a run; `which` says whether all of its branches stop where one does, or only that one. */
export function createStops(entry: Entry, told: TellStop, which: Reach = "all"): Stops {
  switch (which) {
    case "all":
      return stopTogether(entry, told);
    case "branch":
      return stopAlone(entry, told);
  }
}
