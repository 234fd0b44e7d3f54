import { useReactFlow, useStore, ViewportPortal } from "@xyflow/react";
import type { ReactNode } from "react";
import { windowOf } from "../canvas/use-flow-elements.ts";
import { noAnnotations, type PlacedAnnotations } from "../graph/annotations.ts";
import { overlap, sameWindow } from "../graph/view-window.ts";
import type { Overlay } from "../model/overlay.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { GroupBox, type ShowDragged } from "./GroupBox.tsx";
import { NoteBox } from "./NoteBox.tsx";
import { NoteField } from "./NoteField.tsx";
import { finishNewNote } from "./note-commands.ts";

/** Notes and groups under the stages: those in view. Costs nothing where there are none. */
export function Notes({ showDragged }: { showDragged: ShowDragged }): ReactNode {
  const annotations = useModel(({ document }) => document?.graph.annotations ?? noAnnotations);
  const added = useModel(({ overlay }) => (overlay.kind === "new-note" ? overlay : null));
  if (annotations.all.length === 0 && added === null) return null;
  return (
    <ViewportPortal>
      <div className="notes">
        <NotesInView annotations={annotations} showDragged={showDragged} />
        {added !== null && <NewNote key={`${added.x} ${added.y}`} overlay={added} />}
      </div>
    </ViewportPortal>
  );
}

function NotesInView({
  annotations,
  showDragged,
}: {
  annotations: PlacedAnnotations;
  showDragged: ShowDragged;
}): ReactNode {
  const shown = useStore(windowOf, sameWindow);
  const edited = useModel(({ overlay }) => (overlay.kind === "note-text" ? overlay.note : null));
  if (shown === null) return null;
  return annotations.all
    .filter(({ id, box }) => id === edited || overlap(box, shown))
    .map((item) =>
      item.kind === "note" ? (
        <NoteBox key={item.id} item={item} />
      ) : (
        <GroupBox key={item.id} item={item} showDragged={showDragged} />
      ),
    );
}

function NewNote({ overlay }: { overlay: Extract<Overlay, { kind: "new-note" }> }): ReactNode {
  const session = useSession();
  const flow = useReactFlow();
  const { x, y } = flow.screenToFlowPosition({ x: overlay.x, y: overlay.y });
  return (
    <div className="note" style={{ transform: `translate(${x}px, ${y}px)`, width: 200, height: 96 }}>
      <NoteField
        label="Text of the new note"
        text=""
        lines="many"
        finish={(written) => finishNewNote(session, { x, y }, written)}
      />
    </div>
  );
}
