import type { KeyboardEvent, MouseEvent } from "react";
import type { PlacedAnnotation } from "../graph/annotations.ts";
import type { Point } from "../graph/spatial-index.ts";
import { noSelection } from "../model/canvas-model.ts";
import { openOverlay } from "../session/overlay-commands.ts";
import { useSession } from "../session/session-context.tsx";
import { beginNoteText, deleteAnnotation } from "./note-commands.ts";

/** One step with the keyboard, in pixels; moving with Shift goes by one pixel. */
const STEP = 16;

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** What the arrow keys do with a note or a group; null: nothing. */
export interface GripSteps {
  readonly move: (by: Point) => void;
  readonly resize: ((by: Point) => void) | null;
}

/** What a note, or the title of a group, is taken hold of by: the keyboard, a double click, its menu. */
export function useGrip({ id, kind, text }: PlacedAnnotation, { move, resize }: GripSteps) {
  const session = useSession();

  const commandOf = (event: KeyboardEvent): (() => void) | null => {
    const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
    if (ctrlKey || metaKey) return null;
    const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
    const scaled = (by: number): Point => ({ x: (step?.x ?? 0) * by, y: (step?.y ?? 0) * by });
    if (step !== undefined && altKey) return () => move(scaled(shiftKey ? 1 : STEP));
    if (step !== undefined) return shiftKey && resize !== null ? () => resize(scaled(STEP)) : null;
    if (key === "Delete" || key === "Backspace") return () => deleteAnnotation(session, id);
    if (key === "ContextMenu" || (key === "F10" && shiftKey)) return () => openMenu(event.currentTarget);
    return key === "Enter" || key === "F2" ? () => beginNoteText(session, id) : null;
  };

  const openMenu = (element: EventTarget): void => {
    if (!(element instanceof HTMLElement)) return;
    const { left, top } = element.getBoundingClientRect();
    openOverlay(session, { kind: "menu", target: { kind: "note", note: id }, x: left + 16, y: top + 24 });
  };

  return {
    "data-note": id,
    role: "group",
    tabIndex: 0,
    "aria-label": `${kind === "note" ? "Note" : "Group"}: ${text}`,
    "aria-describedby": "canvas-note-keys",
    onFocus: () =>
      // Keys are about one thing: what has the keyboard.
      session.store.update((model) =>
        model.focus === null && model.selection.stages.size === 0
          ? model
          : { ...model, focus: null, selection: noSelection },
      ),
    onDoubleClick: () => beginNoteText(session, id),
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
      event.stopPropagation();
      const { clientX: x, clientY: y } = event;
      openOverlay(session, { kind: "menu", target: { kind: "note", note: id }, x, y });
    },
    onKeyDown: (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (command === null) return;
      event.preventDefault();
      event.stopPropagation();
      command();
    },
  } as const;
}
