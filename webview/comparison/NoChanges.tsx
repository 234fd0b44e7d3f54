import type { ReactNode } from "react";
import type { ShownComparison } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";

/** Says so where nothing is different, and where all is, as one of the files is not there. */
export function NoChanges({
  shown: { before, after, answer, runs },
}: {
  readonly shown: Extract<ShownComparison, { kind: "compared" }>;
}): ReactNode {
  const said = runs === null ? wordsOf : runWords;
  const words = answer.ok ? said(before, after, answer.changes) : null;
  if (words === null) return null;
  return (
    <p className="comparison-note" role="note">
      <Codicon name="info" /> {words}
    </p>
  );
}

type Compared = Extract<ShownComparison, { kind: "compared" }>;

function wordsOf(
  before: Compared["before"],
  after: Compared["after"],
  changes: Extract<Compared["answer"], { ok: true }>["changes"],
): string | null {
  if (before.text === null) return `There is no such file in ${before.name}: all of it is new.`;
  if (after.text === null) return `There is no such file in ${after.name}: all of it was removed.`;
  if (changes.length === 0)
    return before.text === after.text
      ? "Both texts are the same."
      : "Only formatting differs: both pipelines say the same.";
  if (changes.every(({ topic }) => topic === "layout"))
    return "Only the layout differs: both pipelines say the same.";
  return null;
}

/** Of two runs the pipelines may say the same, and mostly do. */
function runWords(
  before: Compared["before"],
  after: Compared["after"],
  changes: Extract<Compared["answer"], { ok: true }>["changes"],
): string | null {
  const missing = [before, after].filter(({ text }) => text === null).map(({ name }) => name);
  if (missing.length > 0)
    return `The record of ${missing.join(" and of ")} does not hold the text of its pipeline: what it says is not compared.`;
  return changes.every(({ kind, topic }) => kind === "run-differs" || topic === "layout")
    ? "Both runs had the same pipeline."
    : null;
}
