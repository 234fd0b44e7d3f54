import type { JsonObject, StageAddress } from "#core/ports";

/** Numbers of a run up to some point of it. */
export interface RunMetrics {
  /** Of a stage, all its attempts together: how long it took, and what its calls of models used; null before it began. */
  of(address: StageAddress): JsonObject | null;
  /** What calls of models used in the whole run; null while no stage has called one. */
  total(): JsonObject | null;
}
