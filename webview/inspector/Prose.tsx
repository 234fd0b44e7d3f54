import { Fragment, type ReactNode } from "react";

/** A text in which what stands between backticks is code. */
export function Prose({ text }: { text: string }): ReactNode {
  return text.split("`").map((part, index) =>
    // The parts of a text have no identity but their place.
    index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}
