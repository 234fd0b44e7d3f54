import type { KeyboardEvent } from "react";
import { beginAdd, spotOfSelection } from "../add/add-stage.ts";
import { duplicateStages } from "../clipboard/clipboard-commands.ts";
import { type Direction, neighbour, outermost } from "../graph/neighbour.ts";
import type { Point } from "../graph/spatial-index.ts";
import { goToInspector } from "../inspector/inspector-commands.ts";
import { noSelection } from "../model/canvas-model.ts";
import { actedOn, toggleStage } from "../model/selection.ts";
import { beginNote } from "../notes/note-commands.ts";
import { goToPalette } from "../palette/palette-commands.ts";
import { beginMoveInto, reorder, takeOut } from "../session/body-commands.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { beginConnect, deleteSelectedWire } from "../session/connect-commands.ts";
import { openOrigin } from "../session/inherited-commands.ts";
import { nudgeStages } from "../session/move-commands.ts";
import { openOverlay } from "../session/overlay-commands.ts";
import { beginRename } from "../session/rename-commands.ts";
import {
  deleteStages,
  goToStage,
  selectAll,
  toggleBreakpoints,
  toggleEnabled,
} from "../session/stage-commands.ts";
import { beginReconnect, selectedWire, stepToWire } from "../session/wire-commands.ts";
import { isMenuKey, openMenuByKey } from "./menu-by-key.ts";

/** One step of a stage with the keyboard, in pixels; with Shift one pixel. */
const STEP = 16;
/** One step of the view, in pixels of the screen. */
const PAN = 80;

const directions: ReadonlyMap<string, Direction> = new Map([
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
]);

/**
 * The keys of the canvas. A key that is handled goes no further: VS Code listens at the window and would run its own
 * command for it too.
 */
export function onCanvasKey(
  session: CanvasSession,
  event: KeyboardEvent<HTMLElement>,
  middleOfView: () => Point,
): void {
  if (event.nativeEvent.isComposing || isTextField(event.target)) return;
  const command = isMenuKey(event)
    ? () => openMenuByKey(session, event, middleOfView)
    : commandFor(session, event);
  if (command === null) return;
  event.preventDefault();
  event.stopPropagation();
  command();
}

function commandFor(session: CanvasSession, event: KeyboardEvent<HTMLElement>): (() => void) | null {
  const direction = directions.get(event.key);
  if (direction !== undefined) return arrowCommand(session, direction, event);
  return event.ctrlKey || event.metaKey ? chordCommand(session, event) : plainCommand(session, event);
}

function arrowCommand(
  session: CanvasSession,
  direction: Direction,
  { altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent<HTMLElement>,
): (() => void) | null {
  if (ctrlKey || metaKey) {
    const { x, y } = stepTo(direction, PAN);
    return altKey || shiftKey ? null : () => session.order({ kind: "pan", x, y });
  }
  if (altKey)
    return () => nudgeStages(session, actedOn(session.store.get()), stepTo(direction, shiftKey ? 1 : STEP));
  return () => {
    const { document, focus } = session.store.get();
    if (document === null) return;
    const key =
      focus === null ? outermost(document.graph, "first") : neighbour(document.graph, focus, direction);
    if (key === null) return;
    const before = session.store.get().selection;
    goToStage(session, key);
    // With Shift the stages that were selected stay so.
    if (!shiftKey) return;
    const stages = new Set([...before.stages, ...(focus === null ? [] : [focus]), key]);
    session.store.update((model) => ({ ...model, selection: { stages, wire: null } }));
  };
}

function chordCommand(
  session: CanvasSession,
  { key, shiftKey, altKey }: KeyboardEvent<HTMLElement>,
): (() => void) | null {
  if (shiftKey || altKey) return null;
  switch (key.toLowerCase()) {
    case "f":
      return () => openOverlay(session, { kind: "search" });
    case "a":
      return () => selectAll(session);
    case "d":
      return () => duplicateStages(session, actedOn(session.store.get()));
    case " ":
      return () => {
        const { focus } = session.store.get();
        if (focus !== null) {
          session.store.update((model) => ({ ...model, selection: toggleStage(model.selection, focus) }));
        }
      };
    default:
      return null;
  }
}

function plainCommand(session: CanvasSession, event: KeyboardEvent<HTMLElement>): (() => void) | null {
  const model = session.store.get();
  const stages = actedOn(model);
  const [only] = stages;
  const single = stages.length === 1 ? only : undefined;
  const wire = selectedWire(session);
  switch (event.key) {
    case "Delete":
    case "Backspace":
      if (model.selection.wire !== null) return () => deleteSelectedWire(session);
      return stages.length === 0 ? null : () => deleteStages(session, stages);
    case "a":
    case "A":
    case "Insert":
      return () => beginAdd(session, spotOfSelection(session));
    case "F2":
      if (single === undefined) return null;
      return () => beginRename(session, single.key, event.shiftKey ? "id" : "name");
    case "e":
    case "E":
      return stages.length === 0 ? null : () => toggleEnabled(session, stages);
    case "F12":
      return single === undefined ? null : () => openOrigin(session, single);
    case "F9":
      return stages.length === 0 ? null : () => toggleBreakpoints(session, stages);
    case "Enter":
      // With Shift it is the way back, wherever the keyboard is: Trail.tsx.
      if (event.altKey && event.shiftKey) return null;
      if (wire !== undefined && !event.altKey) return () => session.revealInText(wire.toStage);
      if (single === undefined) return null;
      return event.altKey
        ? () => session.openCalledPipeline(single.card.id)
        : () => session.revealInText(single.card.id);
    case " ":
      return model.focus === null ? null : () => goToStage(session, model.focus ?? "");
    case "Escape":
      return () => session.store.update((state) => ({ ...state, selection: noSelection, notice: null }));
    case "Home":
    case "End":
      return () => {
        const graph = session.store.get().document?.graph;
        const key = graph === undefined ? null : outermost(graph, event.key === "Home" ? "first" : "last");
        if (key !== null) goToStage(session, key);
      };
    case "f":
    case "F":
      return () => session.order({ kind: "fit" });
    case "i":
    case "I":
    case "F6":
      return () => goToInspector(session);
    case "p":
    case "P":
      return () => goToPalette(session);
    case "n":
    case "N":
      return () => beginNote(session, event.currentTarget);
    case "/":
      return () => openOverlay(session, { kind: "search" });
    case "+":
    case "=":
      return () => session.order({ kind: "zoom", factor: 1.25 });
    case "-":
      return () => session.order({ kind: "zoom", factor: 0.8 });
    case "c":
    case "C":
      return () => beginConnect(session);
    case "w":
    case "W":
      return () => stepToWire(session, event.shiftKey ? -1 : 1);
    case "r":
    case "R":
      return () => beginReconnect(session, wire, event.shiftKey ? "from" : "to");
    case "m":
    case "M":
      if (stages.length === 0) return null;
      return () => (event.shiftKey ? takeOut(session, stages) : beginMoveInto(session, stages));
    case "PageUp":
    case "PageDown":
      if (single === undefined || !event.altKey) return null;
      return () => reorder(session, single, event.key === "PageUp" ? -1 : 1);
    case "?":
      return () => openOverlay(session, { kind: "keys" });
    default:
      return null;
  }
}

function stepTo(direction: Direction, step: number): { readonly x: number; readonly y: number } {
  switch (direction) {
    case "left":
      return { x: -step, y: 0 };
    case "right":
      return { x: step, y: 0 };
    case "up":
      return { x: 0, y: -step };
    case "down":
      return { x: 0, y: step };
  }
}

function isTextField(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement &&
    (target.tagName === "INPUT" || target.tagName === "TEXTAREA" || target.isContentEditable)
  );
}
