import type { Stage } from "../model.ts";

export interface GraphOptions {
  readonly deferredFields: (t: string) => unknown;
}
export const nothingDeferred: GraphOptions["deferredFields"] = () => ({});
export function impliedStages(
  _stage: Stage,
  _find: (id: string) => Stage | undefined,
  _ownerOf: (id: string) => string | null,
  _options: GraphOptions,
): readonly string[] {
  return [];
}
