import type { CanvasEdit } from "#core/pipeline";
import { connectionRefusal, repeatedIdMessage } from "../graph/connection-rule.ts";
import type { GraphView } from "../graph/graph-view.ts";
import { withOthersHeld } from "../graph/hold-still.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { Wire } from "../graph/wires.ts";
import { connectionGround, editRefusal } from "../model/canvas-model.ts";
import type { Overlay } from "../model/overlay.ts";
import { actedOn, onlyStage, selectedStageIds } from "../model/selection.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { editAloud } from "./edit-aloud.ts";
import type { EditAnswer } from "./edit-queue.ts";
import { inheritedRefusal } from "./inherited-commands.ts";

/** Goes to a stage: selects it, gives it the keyboard, brings it into view. */
export function goToStage(session: CanvasSession, key: string): void {
  session.store.update((model) => ({ ...model, selection: onlyStage(key), focus: key }));
  session.order({ kind: "show", key });
}

/** Opens what lies over the canvas, in place of what lay there. */
export function openOverlay(session: CanvasSession, overlay: Overlay): void {
  session.store.update((model) => ({ ...model, overlay }));
}

/** Closes whatever lies over the canvas. */
export function closeOverlay(session: CanvasSession): void {
  session.store.update((model) =>
    model.overlay.kind === "none" ? model : { ...model, overlay: { kind: "none" } },
  );
}

/** Begins to rename a stage, where that is possible. */
export function beginRename(session: CanvasSession, key: string, what: "name" | "id"): void {
  const stage = editableStage(session, key);
  const refusal = stage === null || what === "name" ? null : inheritedRefusal([stage], "given another id");
  if (refusal !== null) session.tell("error", refusal);
  else if (stage !== null) openOverlay(session, { kind: "rename", stage: key, what });
}

/** Ends the renaming of a name or an id; one that is empty or as before changes nothing. */
export function finishRename(session: CanvasSession, key: string, written: string): void {
  const { overlay } = session.store.get();
  closeOverlay(session);
  const stage = stageItem(session, key);
  const name = written.trim();
  if (stage === null || name === "" || overlay.kind !== "rename") return;
  if (overlay.what === "id") {
    const { id } = stage.card;
    if (name !== ownId(id)) renameStageId(session, { kind: "rename-stage-id", stage: id, to: name }, ignore);
    return;
  }
  if (name !== stage.card.title) session.edit({ kind: "set-stage-name", stage: stage.card.id, name });
}

// What is refused the session tells.
function ignore(): void {}

/** An id without those of the stages around. */
export function ownId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
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

/** Gives a stage another id, and keeps it selected under that. */
export function renameStageId(
  session: CanvasSession,
  edit: Extract<CanvasEdit, { kind: "rename-stage-id" }>,
  whenAnswered: (answer: EditAnswer) => void,
): void {
  const isSelected = selectedStageIds(session.store.get()).includes(edit.stage);
  session.edit(edit, whenAnswered);
  const id = edit.stage.slice(0, edit.stage.lastIndexOf("/") + 1) + edit.to;
  const key = session.store.get().document?.graph.keyOf.get(id);
  if (isSelected && key !== undefined)
    session.store.update((model) => ({ ...model, selection: onlyStage(key), focus: key }));
}

/** Deletes the selected wire, or tells why not. */
export function deleteSelectedWire(session: CanvasSession): void {
  const { document, selection } = session.store.get();
  const wire = selection.wire === null ? undefined : document?.graph.wires.get(selection.wire);
  if (wire !== undefined) disconnect(session, wire);
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

/** Makes `to` depend on `from` (keys), or tells why not. */
export function connect(session: CanvasSession, from: string, to: string): void {
  const ground = connectionGround(session.store.get());
  const source = stageItem(session, from);
  const target = stageItem(session, to);
  if (ground === null || source === null || target === null) return;
  const refusal = editRefusal(session.store.get()) ?? connectionRefusal(ground, from, to);
  if (refusal !== null) {
    session.tell("error", refusal);
    return;
  }
  session.edit({ kind: "connect", from: source.card.id, to: target.card.id });
  session.announce(`Connected “${source.card.title}” to “${target.card.title}”.`);
}

/** Asks which stage is to depend on the one that a key is about, or tells why none can. */
export function beginConnect(session: CanvasSession): void {
  const model = session.store.get();
  const [from, ...others] = actedOn({ ...model, selection: { ...model.selection, wire: null } });
  const refusal =
    editRefusal(model) ??
    (from === undefined || others.length > 0 ? "Select one stage to connect it to another." : null);
  if (refusal !== null) session.tell("error", refusal);
  else if (from !== undefined) openOverlay(session, { kind: "connect", from: from.key });
}

/** Takes a wire away, or tells what it comes from. */
export function disconnect(session: CanvasSession, wire: Wire): void {
  switch (wire.kind) {
    case "declared":
      session.edit({ kind: "disconnect", from: wire.fromStage, to: wire.toStage });
      session.announce(`“${wire.toStage}” no longer depends on “${wire.fromStage}”.`);
      return;
    case "implicit":
      session.tell(
        "error",
        `“${wire.toStage}” uses the output of “${wire.fromStage}” in an expression. Change that in the text.`,
      );
      return;
    case "branch":
      editAloud(
        session,
        { kind: "disconnect", from: wire.fromStage, to: wire.toStage },
        `“${wire.toStage}” is in no branch of “${wire.fromStage}” any more.`,
      );
      return;
  }
}

/** Sets or removes the breakpoint of each stage. */
export function toggleBreakpoints(session: CanvasSession, stages: readonly StageItem[]): void {
  for (const { card } of stages) session.toggleBreakpoint(card.id);
}

/**
 * Moves stages to new places, by key, in one edit. What stands in a moved container by a position of its own moves
 * with it; nothing else moves.
 */
export function moveStages(session: CanvasSession, targets: ReadonlyMap<string, Point>): void {
  const moves = movesTo(session, targets);
  if (moves !== null && moves.length > 0) session.edit({ kind: "move-stages", moves });
}

/** The moves of the file that bring stages to places, by key; null where one of them cannot be moved, which is told. */
export function movesTo(
  session: CanvasSession,
  targets: ReadonlyMap<string, Point>,
): Extract<CanvasEdit, { kind: "move-stages" }>["moves"] | null {
  const { document } = session.store.get();
  if (document === null) return null;
  const { graph } = document;
  const places = new Map<string, Point>();
  for (const [key, { x, y }] of targets) {
    const stage = editableStage(session, key);
    const box = graph.boxes.get(key);
    if (stage === null || box === undefined) return null;
    const delta = { x: Math.round(x) - Math.round(box.x), y: Math.round(y) - Math.round(box.y) };
    if (delta.x === 0 && delta.y === 0) continue;
    places.set(key, { x, y });
    if (!stage.container) continue;
    for (const { key: inner, written } of stagesInside(graph, key)) {
      if (written === null || targets.has(inner)) continue;
      places.set(inner, { x: written.x + delta.x, y: written.y + delta.y });
    }
  }
  if (places.size === 0) return [];
  return [...withOthersHeld(graph, places)].flatMap(([key, { x, y }]) => {
    const stage = stageItem(session, key);
    return stage === null ? [] : [{ stage: stage.card.id, x: Math.round(x), y: Math.round(y) }];
  });
}

/** Moves stages by some pixels, for the keyboard. */
export function nudgeStages(session: CanvasSession, stages: readonly StageItem[], by: Point): void {
  const boxes = session.store.get().document?.graph.boxes;
  const targets = new Map<string, Point>();
  for (const { key } of stages) {
    const box = boxes?.get(key);
    if (box !== undefined) targets.set(key, { x: box.x + by.x, y: box.y + by.y });
  }
  moveStages(session, targets);
  const [first] = targets.keys();
  const now = session.store.get().document?.graph.boxes.get(first ?? "");
  const before = boxes?.get(first ?? "");
  if (now === undefined || (now.x === before?.x && now.y === before.y)) return;
  session.announce(`Now at ${Math.round(now.x)}, ${Math.round(now.y)}.`);
}

/** Selects every stage. */
export function selectAll(session: CanvasSession): void {
  session.store.update((model) => {
    const items = [...(model.document?.graph.items.values() ?? [])];
    const keys = items.filter(({ kind }) => kind === "stage").map(({ key }) => key);
    return { ...model, selection: { stages: new Set(keys), wire: null } };
  });
}

function stageItem(session: CanvasSession, key: string): StageItem | null {
  const item = session.store.get().document?.graph.items.get(key);
  return item?.kind === "stage" ? item : null;
}

/** The stage, if it can be edited; otherwise the reason is told. */
function editableStage(session: CanvasSession, key: string): StageItem | null {
  const stage = stageItem(session, key);
  if (stage === null) return null;
  const refusal = editRefusal(session.store.get()) ?? (stage.repeated ? repeatedIdMessage(stage) : null);
  if (refusal === null) return stage;
  session.tell("error", refusal);
  return null;
}

function stagesInside(graph: GraphView, key: string): readonly StageItem[] {
  const inside = new Set([key]);
  const stages: StageItem[] = [];
  // Every item stands after the one it is inside.
  for (const item of graph.items.values()) {
    if (item.parent === null || !inside.has(item.parent)) continue;
    inside.add(item.key);
    if (item.kind === "stage") stages.push(item);
  }
  return stages;
}
