import type { JsonProperty } from "../json-node.ts";
import type { PipelineDocument, StageUnit, TopPart } from "../model.ts";
import type { TextEdit } from "../text-edit.ts";
import { differenceOf } from "./difference.ts";
import { survivorsOf } from "./survivors.ts";

/** What an earlier document has that is unchanged in the new text, by where it is there. Offsets asked for must grow. */
export interface ReusableParts {
  unitAt(offset: number, container: "list" | "map"): StageUnit | undefined;
  partAt(offset: number): { readonly part: TopPart; readonly property: JsonProperty } | undefined;
}

export const nothingToReuse: ReusableParts = { unitAt: () => undefined, partAt: () => undefined };

/**
 * The parts of `previous` that survive the changes that made `text` from its text. Without `changes` they are found
 * by comparing the texts. Changes that cannot have made `text` are ignored and nothing is reused.
 */
export function reusableParts(
  previous: PipelineDocument,
  text: string,
  changes: readonly TextEdit[] = [differenceOf(previous.text, text)],
): ReusableParts {
  const edits = changes.toSorted((a, b) => a.offset - b.offset);
  const grown = edits.reduce((sum, change) => sum + change.text.length - change.length, 0);
  if (previous.text.length + grown !== text.length) return nothingToReuse;
  const { units, starts, parts, properties, container } = previous.tree;
  const unitIndex = survivorsOf(
    {
      count: units.length,
      startOf: (index) => starts[index] ?? 0,
      lengthOf: (index) => units[index]?.length ?? 0,
    },
    edits,
  );
  const partIndex = survivorsOf(
    {
      count: parts.length,
      startOf: (index) => properties[index]?.span.start ?? 0,
      lengthOf: (index) => parts[index]?.length ?? 0,
    },
    edits,
  );
  return {
    unitAt(offset, kind) {
      const unit = kind === container?.kind ? units[unitIndex(offset) ?? -1] : undefined;
      const opening = kind === "list" ? OPEN_BRACE : QUOTE;
      return unit?.sound === true && isWritten(text, offset, unit.length, opening) ? unit : undefined;
    },
    partAt(offset) {
      const index = partIndex(offset) ?? -1;
      const part = parts[index];
      const property = properties[index];
      if (part?.sound !== true || property === undefined) return undefined;
      return isWritten(text, offset, part.length, QUOTE) ? { part, property } : undefined;
    },
  };
}

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/** Whether what is there looks like what was: a last check of the changes a caller gave. */
function isWritten(text: string, offset: number, length: number, opening: number): boolean {
  const last = text.charCodeAt(offset + length - 1);
  return text.charCodeAt(offset) === opening && (last === CLOSE_BRACE || last === CLOSE_BRACKET);
}
