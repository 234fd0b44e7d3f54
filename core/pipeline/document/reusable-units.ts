import type { PipelineDocument, StageUnit } from "../model.ts";
import type { TextEdit } from "../text-edit.ts";
import { differenceOf } from "./difference.ts";

/** Units of an earlier text that are unchanged in the new one, by where they are there. */
export interface ReusableUnits {
  /**
   * The unit at this offset of the new text; undefined when what is there must be read. Offsets asked for must grow.
   */
  at(offset: number, container: "list" | "map"): StageUnit | undefined;
}

export const nothingToReuse: ReusableUnits = { at: () => undefined };

/**
 * Which units of `previous` survive the changes that made `text` from its text. Without `changes` they are found
 * by comparing the texts. Changes that cannot have made `text` are ignored and nothing is reused.
 */
export function reusableUnits(
  previous: PipelineDocument,
  text: string,
  changes: readonly TextEdit[] = [differenceOf(previous.text, text)],
): ReusableUnits {
  const sorted = changes.toSorted((a, b) => a.offset - b.offset);
  const grown = sorted.reduce((sum, change) => sum + change.text.length - change.length, 0);
  if (previous.text.length + grown !== text.length || previous.tree.container === null) return nothingToReuse;
  const { units, starts, container } = previous.tree;
  let change = 0;
  let shift = 0;
  let next = 0;
  /** Start of `units[next]` in the new text, or null when a change touches it. */
  const newStart = (): number | null => {
    const start = starts[next] ?? 0;
    const end = start + (units[next]?.length ?? 0);
    for (;;) {
      const edit = sorted[change];
      if (edit === undefined || edit.offset >= end) return start + shift;
      if (edit.offset + edit.length > start) return null;
      shift += edit.text.length - edit.length;
      change += 1;
    }
  };
  return {
    at(offset, kind) {
      for (; next < units.length; next += 1) {
        const start = newStart();
        if (start === null || start < offset) continue;
        if (start > offset) return undefined;
        const unit = units[next];
        return unit !== undefined && kind === container.kind && fits(unit, text, offset) ? unit : undefined;
      }
      return undefined;
    },
  };
}

/** Only an object's end cannot depend on what follows it; the brackets are a last check of the caller's changes. */
function fits(unit: StageUnit, text: string, offset: number): boolean {
  return (
    unit.sound &&
    text.charCodeAt(offset) === (unit.property === null ? 0x7b : 0x22) &&
    text.charCodeAt(offset + unit.length - 1) === 0x7d
  );
}
