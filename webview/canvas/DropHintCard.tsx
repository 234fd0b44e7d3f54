import type { ReactNode } from "react";
import { type Store, useStoreValue } from "../store/store.ts";
import type { DropHint } from "./stage-drop.ts";

/** Beside the pointer, what letting dragged stages go would do. It is there for the eye: the keyboard has M. */
export function DropHintCard({ hint }: { hint: Store<DropHint | null> }): ReactNode {
  const shown = useStoreValue(hint, (state) => state);
  if (shown === null) return null;
  return (
    <div
      className="drag-ghost"
      data-over="target"
      style={{ transform: `translate(${shown.x}px, ${shown.y}px)` }}
      aria-hidden="true"
    >
      <div className="drag-words" data-refused={shown.refused}>
        {shown.words}
      </div>
    </div>
  );
}
