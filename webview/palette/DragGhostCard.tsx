import type { ReactNode } from "react";
import { Codicon } from "../parts/Codicon.tsx";
import type { DragGhost } from "./use-palette-drag.ts";

/** The component under the pointer, with what letting it go would do. It is there for the eye: the keyboard has Enter. */
export function DragGhostCard({ ghost }: { ghost: DragGhost }): ReactNode {
  const { choice, x, y, words, refused, over } = ghost;
  return (
    <div
      className="drag-ghost"
      data-over={over}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      aria-hidden="true"
    >
      <div className="drag-card" data-color={choice.color} data-refused={refused}>
        <span className="stage-icon">
          <Codicon name={choice.icon} />
        </span>
        <span className="drag-title">{choice.title}</span>
      </div>
      {words !== null && (
        <div className="drag-words" data-refused={refused}>
          {words}
        </div>
      )}
    </div>
  );
}
