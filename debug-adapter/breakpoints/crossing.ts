import type { Json } from "#core/ports";
import type { GateView } from "./gate-view.ts";

/**
 * What crosses the edge from a stage to the one that is about to start: the output of the first. Undefined where there
 * is no such edge, where nothing comes over it, and for a retry, which gets what came over it before.
 */
export function crossingFrom(from: string, { point, file, scope }: GateView): Json | undefined {
  if (point.kind === "after" || point.attempt > 1) return undefined;
  if (!file.edges().some((edge) => edge.from === from && edge.to === point.stage)) return undefined;
  const upstream = scope().resolve("upstream");
  if (upstream?.kind !== "namespace") return undefined;
  const stage = upstream.resolve(from);
  return stage?.kind === "stage" ? stage.output : undefined;
}
