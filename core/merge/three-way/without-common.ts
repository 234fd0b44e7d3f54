import { isJsonObject, type JsonValue } from "#core/pipeline";
import { leaveOutCommon } from "../content/common-stages.ts";
import type { PipelineContent } from "../content/content.ts";
import type { PipelineText } from "../content/read-alike.ts";
import type { WrittenItem, WrittenStages } from "../content/written-stages.ts";
import { namingStages } from "../match/naming-stages.ts";
import { type LeftOut, leftOutOf, textWithGaps, textWithout } from "./left-out.ts";
import type { Three } from "./merging.ts";
import { orderBeside } from "./order-beside.ts";
import type { Readable } from "./shared-names.ts";

/** Three pipelines without most of what they have in common, and how it comes back into what is made of them. */
export interface WithoutCommon {
  readonly sides: Three<Readable>;
  readonly leftOut: LeftOut;
  /** The text of a merged pipeline with them; null where there is no one place for each. */
  readonly wholeText: (text: string, merged: PipelineContent) => string | null;
}

/**
 * Leaves out the stages that are written alike in all three, stand between the same stages, and name none that is not in
 * all three: a merge changes none of them, so that without them it is as much work as what was changed. Null where they
 * are less than half of the stages, so that how most of them are spelled would not be seen; and where both sides have
 * moved some, since what is told of that names all.
 */
export function withoutCommon(sides: Three<PipelineText>): WithoutCommon | null {
  const written = writtenOf(sides);
  if (written === null) return null;
  const { base, ours, theirs } = written;
  const none = new Int32Array();
  const toOurs = orderBeside(base, ours.inLike ?? none);
  const toTheirs = orderBeside(base, theirs.inLike ?? none);
  if (toOurs.hasMoves && toTheirs.hasMoves) return null;
  const layout = untilFirstList(ours.items);
  const { common, contents } = leaveOutCommon(
    base,
    [
      { side: ours, isInOrder: toOurs.isInOrder },
      { side: theirs, isInOrder: toTheirs.isInOrder },
    ],
    (loose) => {
      const naming = namingStages(sides.base.text, base, loose);
      return (item) => naming === null || naming.has(item) || layout.has(item);
    },
  );
  if (Object.values(written).some(({ items }) => common.size < items.length / 2)) return null;
  const [old, own, other] = contents;
  if (old === undefined || own === undefined || other === undefined) return null;
  const textOf = (side: "base" | "ours" | "theirs") => textWithout(sides[side].text, written[side], common);
  const { text, gaps } = textOf("ours");
  return {
    sides: {
      base: { text: textOf("base").text, content: old },
      ours: { text, content: own },
      theirs: { text: textOf("theirs").text, content: other },
    },
    leftOut: leftOutOf(base, common),
    wholeText: (merged, content) => textWithGaps(merged, content, gaps),
  };
}

function writtenOf({ base, ours, theirs }: Three<PipelineText>): Three<WrittenStages> | null {
  return base.written === null || ours.written === null || theirs.written === null
    ? null
    : { base: base.written, ours: ours.written, theirs: theirs.written };
}

/** The stages of ours that show how it lays lists out: all up to the first that has one. */
function untilFirstList(items: readonly WrittenItem[]): ReadonlySet<WrittenItem> {
  return new Set(items.slice(0, items.findIndex(({ json }) => hasPlainList(json)) + 1));
}

function hasPlainList(value: JsonValue): boolean {
  if (isJsonObject(value)) return Object.values(value).some(hasPlainList);
  if (!Array.isArray(value)) return false;
  const [first] = value;
  return first !== undefined && (typeof first !== "object" || first === null || value.some(hasPlainList));
}
