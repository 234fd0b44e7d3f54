import { isJsonObject, type JsonValue } from "#core/pipeline";
import { commonStages, withoutStages } from "../content/common-stages.ts";
import type { PipelineContent, StageContent } from "../content/content.ts";
import type { PipelineText, WrittenStages } from "../content/read-alike.ts";
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
  const { base, ours, theirs } = sides;
  const written = writtenOf(sides);
  if (written === null || !written.ours.stages.every(({ key, id }) => key === id)) return null;
  const toOurs = orderBeside(written.base, written.ours.inLike ?? []);
  const toTheirs = orderBeside(written.base, written.theirs.inLike ?? []);
  if (toOurs.hasMoves && toTheirs.hasMoves) return null;
  const layout = untilFirstList(written.ours.stages);
  const common = commonStages(
    base,
    [
      { side: ours, isInOrder: toOurs.isInOrder },
      { side: theirs, isInOrder: toTheirs.isInOrder },
    ],
    (loose) => {
      const naming = namingStages(base.text, written.base, loose);
      return (stage) => naming === null || naming.has(stage) || layout.has(stage);
    },
  );
  if (Object.values(sides).some(({ content }) => common.size < content.stages.length / 2)) return null;
  const without = (side: "base" | "ours" | "theirs"): Readable & { gaps: ReadonlyMap<string, string> } => ({
    ...textWithout(sides[side].text, written[side], common),
    content: withoutStages(sides[side].content, common),
  });
  const { gaps, ...own } = without("ours");
  return {
    sides: { base: without("base"), ours: own, theirs: without("theirs") },
    leftOut: leftOutOf(written.base, common),
    wholeText: (text, merged) => textWithGaps(text, merged, gaps),
  };
}

function writtenOf({ base, ours, theirs }: Three<PipelineText>): Three<WrittenStages> | null {
  return base.written === null || ours.written === null || theirs.written === null
    ? null
    : { base: base.written, ours: ours.written, theirs: theirs.written };
}

/** The stages of ours that show how it lays lists out: all up to the first that has one. */
function untilFirstList(stages: readonly StageContent[]): ReadonlySet<StageContent> {
  return new Set(stages.slice(0, stages.findIndex(({ value }) => hasPlainList(value)) + 1));
}

function hasPlainList(value: JsonValue): boolean {
  if (isJsonObject(value)) return Object.values(value).some(hasPlainList);
  if (!Array.isArray(value)) return false;
  const [first] = value;
  return first !== undefined && (typeof first !== "object" || first === null || value.some(hasPlainList));
}
