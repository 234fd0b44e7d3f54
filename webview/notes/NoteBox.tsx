import { useReactFlow } from "@xyflow/react";
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type PointerEvent,
  type ReactNode,
  useRef,
  useState,
} from "react";
import type { PlacedAnnotation } from "../graph/annotations.ts";
import type { Point } from "../graph/spatial-index.ts";
import { editRefusal, noSelection } from "../model/canvas-model.ts";
import { openOverlay } from "../session/commands.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { NoteField } from "./NoteField.tsx";
import { beginNoteText, deleteAnnotation, finishNoteText, moveNote } from "./note-commands.ts";

/** One step of a note with the keyboard, in pixels; with Shift one pixel. */
const STEP = 16;
/** What the pointer may tremble, in pixels of the screen. */
const THRESHOLD = 3;

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A note, or the frame of a group, of which only the title can be taken hold of. */
export const NoteBox = memo(function NoteBox({ item }: { item: PlacedAnnotation }): ReactNode {
  const session = useSession();
  const isEdited = useModel(({ overlay }) => overlay.kind === "note-text" && overlay.note === item.id);
  const { drag, handlers } = useNoteDrag(item);
  const { id, kind, text, color, box } = item;
  const { x, y } = { x: box.x + (drag?.x ?? 0), y: box.y + (drag?.y ?? 0) };
  const style = { transform: `translate(${x}px, ${y}px)`, width: box.width, height: box.height };
  const grip = {
    "data-note": id,
    role: "group",
    tabIndex: 0,
    "aria-label": `${kind === "note" ? "Note" : "Group"}: ${text}`,
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
      openOverlay(session, {
        kind: "menu",
        target: { kind: "note", note: id },
        x: event.clientX,
        y: event.clientY,
      });
    },
    onKeyDown: (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (command === null) return;
      event.preventDefault();
      event.stopPropagation();
      command();
    },
  } as const;

  const commandOf = ({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent): (() => void) | null => {
    if (ctrlKey || metaKey) return null;
    const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
    if (step !== undefined && altKey && kind === "note") {
      const by = shiftKey ? 1 : STEP;
      return () => moveNote(session, item, { x: step.x * by, y: step.y * by });
    }
    if (key === "Delete" || key === "Backspace") return () => deleteAnnotation(session, id);
    return key === "Enter" || key === "F2" ? () => beginNoteText(session, id) : null;
  };

  const field = (
    <NoteField
      label={kind === "note" ? "Text of the note" : "Title of the group"}
      text={text}
      lines={kind === "note" ? "many" : "one"}
      finish={(written) => finishNoteText(session, item, written)}
    />
  );
  if (kind === "note")
    return (
      <div {...grip} {...handlers} className="note nopan" data-color={color ?? "usual"} style={style}>
        {isEdited ? field : <span className="note-text">{text}</span>}
      </div>
    );
  return (
    <div className="stage-group" data-color={color ?? "usual"} style={style}>
      <div {...grip} className="group-title nopan">
        {isEdited ? field : text}
      </div>
    </div>
  );
});

/** Moves a note with the pointer; the text hears of it at the end. */
function useNoteDrag(item: PlacedAnnotation): {
  readonly drag: Point | null;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
} {
  const session = useSession();
  const flow = useReactFlow();
  const [drag, setDrag] = useState<Point | null>(null);
  const from = useRef<Point | null>(null);
  const stop = (): void => {
    from.current = null;
    setDrag(null);
  };
  return {
    drag,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0 || event.target instanceof HTMLTextAreaElement) return;
        if (editRefusal(session.store.get()) !== null) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, y: event.clientY };
      },
      onPointerMove(event) {
        if (from.current === null) return;
        const [x, y] = [event.clientX - from.current.x, event.clientY - from.current.y];
        const zoom = flow.getZoom();
        if (drag !== null || Math.hypot(x, y) >= THRESHOLD) setDrag({ x: x / zoom, y: y / zoom });
      },
      onPointerUp() {
        if (drag !== null) moveNote(session, item, drag);
        stop();
      },
      onPointerCancel: stop,
    },
  };
}
