import type { RunComparison, StageComparison, ValueChange } from "#core/journal";
import type { DiffChange, DiffPiece } from "#protocol";
import { valuePieces } from "../diff/value-pieces.ts";

/** Characters of a value that are compared and shown. */
const MOST_TEXT = 4_000;

/** Characters of what two texts have in common that stand before the place where they part. */
const BEFORE_PARTING = 200;

/** What two runs took, did and gave otherwise, as changes: of the run first, then of each stage. */
export function runChanges(
  { before, after, input, output, stages }: RunComparison,
  stageOf: (stage: StageComparison) => string,
): readonly DiffChange[] {
  const status = { before: before.status, after: after.status };
  return [
    ...outcomeChange(null, "run ", status),
    ...valueChanges(null, "run input", "inputs", input),
    ...valueChanges(null, "run output", "outputs", output),
    ...stages.flatMap((each) => stageChanges(each, stageOf(each))),
  ];
}

function stageChanges(comparison: StageComparison, stage: string): readonly DiffChange[] {
  const { stage: address, before, after, inputs, output } = comparison;
  // A stage in a round or a call is named whole: others have the same id.
  const within = address === stage ? "" : `${address} `;
  const status = { before: before?.status ?? null, after: after?.status ?? null };
  return [
    ...outcomeChange(stage, within, status),
    ...valueChanges(stage, `${within}inputs`, "inputs", inputs),
    ...valueChanges(stage, `${within}output`, "outputs", output),
  ];
}

function outcomeChange(
  stage: string | null,
  within: string,
  { before, after }: { readonly before: string | null; readonly after: string | null },
): readonly DiffChange[] {
  if (before === after) return [];
  const pieces: readonly DiffPiece[] = [
    { kind: "removed", text: before ?? "not there" },
    { kind: "same", text: " " },
    { kind: "added", text: after ?? "not there" },
  ];
  return [changeOf(stage, `${within}status`, "outcomes", pieces)];
}

function valueChanges(
  stage: string | null,
  what: string,
  topic: "inputs" | "outputs",
  changes: readonly ValueChange[],
): readonly DiffChange[] {
  return changes.map(({ path, before, after }) => {
    const dotted = path === "" || path.startsWith("[") ? path : `.${path}`;
    return changeOf(stage, what + dotted, topic, valuePieces(withRoom(before, after)));
  });
}

function changeOf(
  stage: string | null,
  path: string,
  topic: DiffChange["topic"],
  pieces: readonly DiffPiece[],
): DiffChange {
  const places = { before: null, after: null };
  return { kind: "run-differs", sign: "~", topic, label: `${path} differs`, stage, path, places, pieces };
}

/** What a view has room for of two values, from shortly before the place where they part: what is cut says so itself. */
function withRoom(
  before: ValueChange["before"],
  after: ValueChange["after"],
): Pick<ValueChange, "before" | "after"> {
  const [was, is] = [textOf(before), textOf(after)];
  if (Math.max(was.length, is.length) <= MOST_TEXT) return { before, after };
  let alike = 0;
  while (alike < Math.min(was.length, is.length) && was[alike] === is[alike]) alike += 1;
  const from = Math.max(0, alike - BEFORE_PARTING);
  const cut = (value: ValueChange["before"], text: string): ValueChange["before"] => {
    if (value === undefined) return undefined;
    const end = from + MOST_TEXT < text.length ? `… (${text.length} characters)` : "";
    return `${from > 0 ? "…" : ""}${text.slice(from, from + MOST_TEXT)}${end}`;
  };
  return { before: cut(before, was), after: cut(after, is) };
}

function textOf(value: ValueChange["before"]): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
