import type { KeyboardEvent } from "react";
import type { Point } from "../graph/spatial-index.ts";
import type { MenuTarget } from "../model/overlay.ts";
import { actedOn } from "../model/selection.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { openOverlay } from "../session/overlay-commands.ts";

/** The keys that open a menu everywhere. */
export function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === "ContextMenu" || (key === "F10" && shiftKey);
}

/** Opens the menu of the note that has the keyboard, of the selected connection, of the selected stages, or of the graph. */
export function openMenuByKey(
  session: CanvasSession,
  { target, currentTarget: canvas }: KeyboardEvent<HTMLElement>,
  middleOfView: () => Point,
): void {
  const open = (of: MenuTarget, at: Element | null): void => {
    const pane = canvas.getBoundingClientRect();
    const box = at?.getBoundingClientRect();
    // What is selected may be out of view, or a line without a place of its own.
    const x = box === undefined ? pane.left + pane.width / 2 : box.left + 16;
    const y = box === undefined ? pane.top + pane.height / 2 : box.bottom + 4;
    openOverlay(session, { kind: "menu", target: of, x, y });
  };
  const note = target instanceof Element ? target.closest<HTMLElement>("[data-note]") : null;
  const { wire } = session.store.get().selection;
  const stages = actedOn(session.store.get());
  const stage = stages.find(({ key }) => key === session.store.get().focus) ?? stages[0];
  if (note !== null) open({ kind: "note", note: note.dataset["note"] ?? "" }, note);
  else if (wire !== null) {
    open({ kind: "wire", wire }, canvas.querySelector(".react-flow__edge.selected .wire-insert"));
  } else if (stage !== undefined) {
    open({ kind: "stage", stage: stage.key }, canvas.querySelector(`[data-key="${CSS.escape(stage.key)}"]`));
  } else open({ kind: "canvas", at: middleOfView() }, null);
}
