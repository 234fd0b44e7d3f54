import { memo, type ReactNode, useState } from "react";
import type { PlacedGroup } from "../graph/annotations.ts";
import type { Point } from "../graph/spatial-index.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { NoteField } from "./NoteField.tsx";
import { finishNoteText, moveGroup, stagesOfGroup } from "./note-commands.ts";
import { useGrip } from "./use-grip.ts";
import { usePointerDrag } from "./use-pointer-drag.ts";

/** Shows stages, by their keys, elsewhere for as long as they are dragged; null: where they are. */
export type ShowDragged = (keys: readonly string[], by: Point | null) => void;

/** The frame of a group. By its title it is taken hold of, and moved with its stages. */
export const GroupBox = memo(function GroupBox({
  item,
  showDragged,
}: {
  item: PlacedGroup;
  showDragged: ShowDragged;
}): ReactNode {
  const session = useSession();
  const isEdited = useModel(({ overlay }) => overlay.kind === "note-text" && overlay.note === item.id);
  const [moved, setMoved] = useState<Point | null>(null);
  const grip = useGrip(item, { move: (by) => moveGroup(session, item, by), resize: null });
  const move = usePointerDrag(
    (by) => {
      setMoved(by);
      showDragged(
        stagesOfGroup(session, item).map(({ key }) => key),
        by,
      );
    },
    (by) => moveGroup(session, item, by),
  );
  const { text, color, box } = item;
  const { x, y } = { x: box.x + (moved?.x ?? 0), y: box.y + (moved?.y ?? 0) };
  return (
    <div
      className="stage-group"
      data-color={color ?? "usual"}
      style={{ transform: `translate(${x}px, ${y}px)`, width: box.width, height: box.height }}
    >
      <div {...grip} {...move} className="group-title nopan">
        {isEdited ? (
          <NoteField
            label="Title of the group"
            text={text}
            lines="one"
            finish={(written) => finishNoteText(session, item, written)}
          />
        ) : (
          text
        )}
      </div>
    </div>
  );
});
