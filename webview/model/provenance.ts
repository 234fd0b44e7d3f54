import type { StageRunState } from "#protocol";
import type { RunView } from "./run-view.ts";

/** Where the result of a stage comes from. */
export type Provenance = "record" | "ran" | "cache" | "pin";

/** Where the result of a stage comes from; null while there is none. */
export function provenanceOf({ status, note }: StageRunState, origin: RunView["origin"]): Provenance | null {
  switch (status) {
    case "waiting":
    case "running":
    case "skipped":
    case "cancelled":
      return null;
    case "recorded":
      return "record";
    case "succeeded":
    case "failed":
      return origin?.kind === "exact-replay" ? "record" : "ran";
    case "cached":
      if (origin?.kind === "exact-replay") return "record";
      return note === "pinned" ? "pin" : "cache";
  }
}

/** How many stages have their result from where, in the order of a legend; what has none is left out. */
export function provenanceCounts({ stages, origin }: RunView): readonly (readonly [Provenance, number])[] {
  const found = [...stages.values()].map((stage) => provenanceOf(stage, origin));
  return order
    .map((each) => [each, found.filter((one) => one === each).length] as const)
    .filter(([, count]) => count > 0);
}

const order: readonly Provenance[] = ["record", "cache", "pin", "ran"];
