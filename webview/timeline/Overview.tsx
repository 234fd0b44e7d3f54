import type { ReactNode } from "react";
import type { TimelinePart } from "#protocol";

/** The whole run from top to bottom: what stands out in it, and where it is shown. The keyboard has the list. */
export function Overview({
  parts,
  at,
  onChoose,
}: {
  readonly parts: readonly TimelinePart[];
  /** From 0, the beginning, to 1. */
  readonly at: number;
  readonly onChoose: (share: number) => void;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Home, End and the paging keys of the list do the same.
    <div
      className="overview"
      aria-hidden="true"
      onClick={(event) => {
        const { top, height } = event.currentTarget.getBoundingClientRect();
        onChoose(Math.max(0, Math.min(1, (event.clientY - top) / height)));
      }}
    >
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is nothing but its place.
        <span key={index} className="overview-part" data-part={part} />
      ))}
      <span className="overview-cursor" style={{ top: `${at * 100}%` }} />
    </div>
  );
}
