import { labelledWires } from "../graph/wire-values.ts";
import type { Wire } from "../graph/wires.ts";
import type { Selection } from "./canvas-model.ts";
import type { RunView } from "./run-view.ts";
import { type WireFlow, wireFlow } from "./wire-flow.ts";

const none: ReadonlyMap<string, WireFlow> = new Map();

/** What flows on the wires that are labelled with it, by their ids; the stop and the selection are looked at. */
export function wireValuesOf(
  wires: readonly Wire[],
  { values, stoppedAt }: RunView,
  selection: Selection,
): ReadonlyMap<string, WireFlow> {
  if (values.size === 0) return none;
  const keys = wires.filter(({ from, to }) => selection.stages.has(from) || selection.stages.has(to));
  const lookedAt = new Set(
    keys.flatMap(({ from, fromStage, toStage }) => [selection.stages.has(from) ? fromStage : toStage]),
  );
  if (stoppedAt !== null) lookedAt.add(stoppedAt);
  const labelled = labelledWires(wires, values, lookedAt);
  return new Map(
    wires.flatMap(({ id, fromStage, toStage }) => {
      const value = labelled.has(id) ? values.get(fromStage) : undefined;
      return value === undefined ? [] : [[id, wireFlow(value, toStage)]];
    }),
  );
}
