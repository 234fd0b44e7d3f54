import type { Point } from "../graph/spatial-index.ts";
import { type AddSpot, isSpotThere } from "./add-spot.ts";

/** What lies over the canvas; at most one at a time. Stages and wires by their keys. */
export type Overlay =
  | { readonly kind: "none" }
  | { readonly kind: "search" }
  /** Choosing the stage that is to depend on `from`. */
  | { readonly kind: "connect"; readonly from: string }
  /** Choosing the stage that an end of a wire is taken to. */
  | { readonly kind: "reconnect"; readonly wire: string; readonly end: "from" | "to" }
  /** Choosing the arm that stages are moved into. */
  | { readonly kind: "move-into"; readonly stages: readonly string[] }
  /** The list of all keys. */
  | { readonly kind: "keys" }
  /** Choosing the component of a new stage. */
  | { readonly kind: "add"; readonly spot: AddSpot }
  | { readonly kind: "rename"; readonly stage: string; readonly what: "name" | "id" }
  /** Writing the text of a note or the title of a group, by its line in `layout`. */
  | { readonly kind: "note-text"; readonly note: string }
  /** Writing a new note at a place of the window. */
  | { readonly kind: "new-note"; readonly x: number; readonly y: number }
  | { readonly kind: "menu"; readonly target: MenuTarget; readonly x: number; readonly y: number };

export type MenuTarget =
  | { readonly kind: "stage"; readonly stage: string }
  | { readonly kind: "wire"; readonly wire: string }
  /** A note or a group, by its line in `layout`. */
  | { readonly kind: "note"; readonly note: string }
  /** The colours that stages, notes and groups can have, by their ids. */
  | { readonly kind: "colors"; readonly of: readonly string[] }
  /** An arm of a container. */
  | { readonly kind: "arm"; readonly arm: string }
  /** No stage; `at` is where, in the graph. */
  | { readonly kind: "canvas"; readonly at: Point }
  /** Arranging the selected stages. */
  | { readonly kind: "arrange" };

/** Whether what an overlay is about is still there. */
export function isAbout(
  overlay: Overlay,
  items: ReadonlyMap<string, unknown>,
  wires: ReadonlyMap<string, unknown>,
): boolean {
  switch (overlay.kind) {
    case "none":
    case "search":
    case "keys":
    case "note-text":
    case "new-note":
      return true;
    case "connect":
      return items.has(overlay.from);
    case "reconnect":
      return wires.has(overlay.wire);
    case "move-into":
      return overlay.stages.every((key) => items.has(key));
    case "rename":
      return items.has(overlay.stage);
    case "add":
      return isSpotThere(overlay.spot, items, wires);
    case "menu":
      return isTargetThere(overlay.target, items, wires);
  }
}

function isTargetThere(
  target: MenuTarget,
  items: ReadonlyMap<string, unknown>,
  wires: ReadonlyMap<string, unknown>,
): boolean {
  switch (target.kind) {
    case "stage":
      return items.has(target.stage);
    case "wire":
      return wires.has(target.wire);
    case "arm":
      return items.has(target.arm);
    case "canvas":
    case "arrange":
    case "note":
    case "colors":
      return true;
  }
}
