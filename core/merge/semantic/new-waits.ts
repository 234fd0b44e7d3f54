import type { PipelineContent, StageContent } from "../content/content.ts";
import { componentOf } from "../match/stage-features.ts";
import type { LeftOut } from "../three-way/left-out.ts";
import { sameValue } from "../three-way/merging.ts";
import { linksOf, mentionsBeside, mentionsOf } from "./mentions.ts";
import { idsIn, idsOf, nameOf, type Wait, waitsOf } from "./waits.ts";

/** A side of a merge, beside what it came from and what came of that on the other side. */
interface SideBeside {
  readonly base: PipelineContent;
  readonly side: PipelineContent;
  readonly other: PipelineContent;
}

/**
 * The names of the waits of a side that no stage of the base has, whichever of the two writes them; and of those that the
 * other side has no more, which are in the merged pipeline only where this side writes them in another place. What a stage
 * reads is new with its component: another one may not have read the field.
 */
export function newWaits({ base, side, other }: SideBeside, leftOut: LeftOut): ReadonlySet<string> {
  const [inBase, inOther] = [byKey(base), byKey(other)];
  const changed = side.stages.filter(({ key, value }) => !sameValue(inBase.get(key)?.value, value));
  if (changed.length === 0) return new Set();
  const ids = idsIn(side, leftOut);
  const [baseIds, otherIds] = [idsOf(base), idsOf(other)];
  const loose = new Set([...idsOf(side)].filter((id) => !baseIds.has(id) || !otherIds.has(id)));
  const components = new Map(side.stages.map((stage) => [stage.key, componentOf(stage)]));
  const isOtherComponent = (stage: StageContent): boolean =>
    (components.get(stage.key) ?? componentOf(stage)) !== componentOf(stage);
  const waits = changed.flatMap((stage) => {
    const others = [inBase.get(stage.key), inOther.get(stage.key)].map((each) =>
      each?.id === stage.id && !isOtherComponent(each) ? each : undefined,
    );
    return waitsOf(stage, ids, () => mentionsBeside(stage, ids, others, loose));
  });
  const newOf = (some: readonly Wait[], named: typeof mentionsOf): readonly string[] => {
    if (some.length === 0) return [];
    // Only the two that it is about can have written it before.
    const about = new Set(some.flatMap(({ waiting, awaited }) => [waiting, awaited]));
    const [had, kept] = [base, other].map((content) => {
      const known = idsIn(content, leftOut);
      const written = leftOut.whole(content).stages.filter(({ id, key }) => about.has(id ?? key));
      return new Set(
        written.flatMap((stage) =>
          waitsOf(stage, known, isOtherComponent(stage) ? linksOf : named).map(nameOf),
        ),
      );
    });
    return some.map(nameOf).filter((name) => had?.has(name) !== true || kept?.has(name) !== true);
  };
  const isRead = ({ mention }: Wait): boolean => mention.kind === "expression";
  return new Set([
    ...newOf(
      waits.filter((wait) => !isRead(wait)),
      linksOf,
    ),
    ...newOf(waits.filter(isRead), mentionsOf),
  ]);
}

function byKey({ stages }: PipelineContent): ReadonlyMap<string, StageContent> {
  return new Map(stages.map((stage) => [stage.key, stage]));
}
