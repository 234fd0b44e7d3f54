import { onlyStage } from "../model/selection.ts";
import type { CanvasSession } from "./canvas-session.ts";

/**
 * Does an edit that makes stages, selects those that have come, gives the first the keyboard and brings it into view.
 * The stages (their keys), none where nothing has come.
 */
export function goToNew(session: CanvasSession, edit: () => void): readonly string[] {
  const before = session.store.get().document?.graph.keyOf;
  edit();
  const graph = session.store.get().document?.graph;
  if (before === undefined || graph === undefined) return [];
  const come = new Set<string>();
  for (const [id, key] of graph.keyOf) if (!before.has(id)) come.add(key);
  // What is inside a new one goes with it.
  const isInside = (key: string): boolean => {
    for (let at = graph.items.get(key)?.parent; at != null; at = graph.items.get(at)?.parent) {
      if (come.has(at)) return true;
    }
    return false;
  };
  const stages = [...come].filter((key) => !isInside(key));
  const [first] = stages;
  if (first === undefined) return [];
  const selection = { ...onlyStage(first), stages: new Set(stages) };
  session.store.update((model) => ({ ...model, selection, focus: first }));
  session.order({ kind: "show", key: first });
  return stages;
}
