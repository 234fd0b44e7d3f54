import type { ReactNode } from "react";
import type { ShownComparison, TextPlace } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";

/** Lines that are shown on either side of the fault. */
const AROUND = 6;

/** Which of the two texts is no pipeline and why, with the lines around that. */
export function UnreadableText({
  shown: { before, after, answer },
  onOpen,
}: {
  readonly shown: Extract<ShownComparison, { kind: "compared" }>;
  readonly onOpen: (side: "before" | "after", place: TextPlace | null) => void;
}): ReactNode {
  if (answer.ok) return null;
  const { side, message, at } = answer;
  const { name, text } = side === "before" ? before : after;
  const lines = (text ?? "").split(/\r\n|\r|\n/);
  const first = Math.max(0, (at?.line0 ?? 0) - AROUND);
  return (
    <div className="unreadable">
      <p className="comparison-message" role="alert">
        <Codicon name="error" />
        {` ${name} cannot be read as a pipeline${at === null ? "" : `, line ${at.line0 + 1}`}: ${message}`}
      </p>
      <ol className="unreadable-lines" start={first + 1} aria-label={`Text of ${name}`}>
        {lines.slice(first, (at?.line0 ?? 0) + AROUND + 1).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is nothing but its place.
          <li key={first + index} data-fault={first + index === at?.line0}>
            <code>{line}</code>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="action"
        onClick={() => onOpen(side, at === null ? null : { start: at, end: at })}
      >
        Show in Text
      </button>
    </div>
  );
}
