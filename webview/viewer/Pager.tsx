import type { ReactNode } from "react";
import type { PartOfValue, ValuePage } from "#protocol";

/** Which part of a large value is shown, and the way to the next one; nothing where it is all of it. */
export function Pager({
  page,
  show,
}: {
  readonly page: ValuePage;
  readonly show: (part: PartOfValue) => void;
}): ReactNode {
  const part = partOf(page);
  if (part === null || part.length >= part.total) return null;
  const { as, what, start, length, total, step } = part;
  const end = start + length;
  const go = (to: number) => () => show({ as, start: Math.max(0, to) });
  return (
    <nav className="viewer-pager" aria-label="Parts of the value">
      <button type="button" disabled={start === 0} onClick={go(start - step)}>
        Previous
      </button>
      <span role="status">
        {what} {number(start + 1)} to {number(end)} of {number(total)}
      </span>
      <button type="button" disabled={end >= total} onClick={go(end)}>
        Next
      </button>
    </nav>
  );
}

interface ShownPart {
  readonly as: ValuePage["as"];
  readonly what: string;
  readonly start: number;
  readonly length: number;
  readonly total: number;
  /** How many a page has. */
  readonly step: number;
}

function partOf(page: ValuePage): ShownPart | null {
  switch (page.as) {
    case "table":
      return { ...page, what: "Rows", length: page.rows.length, step: 100 };
    case "text":
    case "markdown":
      return { ...page, what: "Characters", length: page.text.length, step: 100_000 };
    case "json":
    case "image":
      return null;
  }
}

const format = new Intl.NumberFormat("en");

/** A number as people read it: 100,000. */
export function number(value: number): string {
  return format.format(value);
}
