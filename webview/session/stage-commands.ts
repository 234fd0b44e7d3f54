import { repeatedIdMessage } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import { onlyStage } from "../model/selection.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { inheritedRefusal } from "./inherited-commands.ts";

/** Goes to a stage: selects it, gives it the keyboard, brings it into view. */
export function goToStage(session: CanvasSession, key: string): void {
  session.store.update((model) => ({ ...model, selection: onlyStage(key), focus: key }));
  session.order({ kind: "show", key });
}

/** Selects every stage. */
export function selectAll(session: CanvasSession): void {
  session.store.update((model) => {
    const items = [...(model.document?.graph.items.values() ?? [])];
    const keys = items.filter(({ kind }) => kind === "stage").map(({ key }) => key);
    return { ...model, selection: { stages: new Set(keys), wire: null } };
  });
}

/** Switches stages off, so that a run skips them; on again where all of them are off. */
export function toggleEnabled(session: CanvasSession, stages: readonly StageItem[]): void {
  const repeated = stages.find((stage) => stage.repeated);
  if (repeated !== undefined) {
    session.tell("error", repeatedIdMessage(repeated));
    return;
  }
  const state = stages.some(({ card }) => card.enabled) ? "off" : "on";
  session.edit({ kind: "set-enabled", stages: stages.map(({ card }) => card.id), state });
  session.announce(state === "off" ? "Disabled." : "Enabled.");
}

/** Deletes stages in one edit. */
export function deleteStages(session: CanvasSession, stages: readonly StageItem[]): void {
  const repeated = stages.find((stage) => stage.repeated);
  const refusal = repeated === undefined ? inheritedRefusal(stages, "deleted") : repeatedIdMessage(repeated);
  if (refusal !== null) {
    session.tell("error", refusal);
    return;
  }
  session.edit({ kind: "delete-stages", stages: stages.map(({ card }) => card.id) });
  const [first] = stages;
  session.announce(
    stages.length === 1 ? `Deleted “${first?.card.title ?? ""}”.` : `Deleted ${stages.length} stages.`,
  );
}

/** Sets or removes the breakpoint of each stage. */
export function toggleBreakpoints(session: CanvasSession, stages: readonly StageItem[]): void {
  for (const { card } of stages) session.toggleBreakpoint(card.id);
}
