import { memo, type ReactNode, useState } from "react";
import type { PlacedNote } from "../graph/annotations.ts";
import type { Point } from "../graph/spatial-index.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { NoteField } from "./NoteField.tsx";
import { finishNoteText, moveNote, resizeNote, sizeOf } from "./note-commands.ts";
import { useGrip } from "./use-grip.ts";
import { usePointerDrag } from "./use-pointer-drag.ts";

/** A note: its text, by which it is moved, and a corner by which it is made larger. */
export const NoteBox = memo(function NoteBox({ item }: { item: PlacedNote }): ReactNode {
  const session = useSession();
  const isEdited = useModel(({ overlay }) => overlay.kind === "note-text" && overlay.note === item.id);
  const [moved, setMoved] = useState<Point | null>(null);
  const [grown, setGrown] = useState<Point | null>(null);
  const grip = useGrip(item, {
    move: (by) => moveNote(session, item, by),
    resize: (by) => resizeNote(session, item, by),
  });
  const move = usePointerDrag(setMoved, (by) => moveNote(session, item, by));
  const resize = usePointerDrag(setGrown, (by) => resizeNote(session, item, by));
  const { text, color, box } = item;
  const { x, y } = { x: box.x + (moved?.x ?? 0), y: box.y + (moved?.y ?? 0) };
  const { width, height } = grown === null ? box : sizeOf(item, grown);
  return (
    <div
      {...grip}
      {...move}
      className="note nopan"
      data-color={color ?? "usual"}
      style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
    >
      {isEdited ? (
        <NoteField
          label="Text of the note"
          text={text}
          lines="many"
          finish={(written) => finishNoteText(session, item, written)}
        />
      ) : (
        <span className="note-text">{text}</span>
      )}
      <span {...resize} className="note-corner" title="Drag to resize (Shift with an arrow key)" />
    </div>
  );
});
