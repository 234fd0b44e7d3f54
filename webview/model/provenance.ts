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

/** Stages with their result from one place, and how many of them failed, which is a result too. */
export interface ProvenanceCount {
  readonly provenance: Provenance;
  readonly count: number;
  readonly failed: number;
}

/** How many stages have their result from where, in the order of a legend; what has none is left out. */
export function provenanceCounts({ stages, origin }: RunView): readonly ProvenanceCount[] {
  const all = [...stages.values()];
  return order
    .map((provenance) => {
      const found = all.filter((stage) => provenanceOf(stage, origin) === provenance);
      const failed = found.filter(({ status }) => status === "failed").length;
      return { provenance, count: found.length, failed };
    })
    .filter(({ count }) => count > 0);
}

const order: readonly Provenance[] = ["record", "cache", "pin", "ran"];
