import type { PipelineContent, StageContent, StagePlace } from "../content/content.ts";
import { placeText, samePlace } from "../content/content.ts";
import { movedKeys } from "../order/longest-increasing.ts";
import type { Change } from "./change.ts";
import { diffValues } from "./diff-values.ts";

/**
 * What is different between two pipelines whose stages have the same keys where they are the same. `moved` has those that
 * are written in no other and have moved, where that is known already.
 */
export function diffContents(
  before: PipelineContent,
  after: PipelineContent,
  moved: ReadonlySet<string> | null,
): readonly Change[] {
  const changes: Change[] = [];
  if (before.container !== after.container)
    changes.push({ kind: "container-changed", before: before.container, after: after.container });
  changes.push(...diffValues(null, before.fields, after.fields));
  const stagesBefore = new Map<string, StageContent>();
  for (const stage of before.stages) stagesBefore.set(stage.key, stage);
  const stagesAfter = new Set<string>();
  for (const { key } of after.stages) stagesAfter.add(key);
  for (const { key, value } of before.stages)
    if (!stagesAfter.has(key)) changes.push({ kind: "stage-removed", stage: key, value });
  const reordered = reorderedStages(before.stages, after.stages, stagesBefore, moved);
  const follow = followInPlace();
  for (const stage of after.stages) {
    const { key, id, place, value } = stage;
    const old = stagesBefore.get(key);
    const follows = follow(stage);
    if (old === undefined) {
      changes.push({ kind: "stage-added", stage: key, id, place, after: follows, value });
      continue;
    }
    if (!samePlace(old.place, place))
      changes.push({ kind: "stage-relocated", stage: key, from: old.place, to: place, after: follows });
    else if (reordered.has(key)) changes.push({ kind: "stage-reordered", stage: key, after: follows });
    if (old.value !== value) changes.push(...diffValues(key, old.value, value));
  }
  return changes;
}

/** For each stage the one that it follows in the same body. */
export function previousInPlace(stages: readonly StageContent[]): ReadonlyMap<string, string | null> {
  const follow = followInPlace();
  return new Map(stages.map((stage) => [stage.key, follow(stage)]));
}

/** Takes stages in order, and gives for each the one that it follows in the same body. */
function followInPlace(): (stage: StageContent) => string | null {
  const last = new Map<string, string>();
  return ({ key, place }) => {
    const text = placeText(place);
    const before = last.get(text) ?? null;
    last.set(text, key);
    return before;
  };
}

function reorderedStages(
  before: readonly StageContent[],
  after: readonly StageContent[],
  stagesBefore: ReadonlyMap<string, StageContent>,
  moved: ReadonlySet<string> | null,
): ReadonlySet<string> {
  const now = new Map<string, string[]>();
  const was = new Map<string, string[]>();
  const note = (lists: Map<string, string[]>, place: StagePlace | null, key: string): void => {
    const text = placeText(place);
    const list = lists.get(text);
    if (list === undefined) lists.set(text, [key]);
    else list.push(key);
  };
  for (const { key, place } of before) note(was, place, key);
  for (const { key, place } of after) {
    const old = stagesBefore.get(key);
    if (old !== undefined && samePlace(old.place, place)) note(now, place, key);
  }
  return new Set(
    [...now].flatMap(([place, keys]) => [
      ...(place === "" && moved !== null ? moved : movedKeys(was.get(place) ?? [], keys)),
    ]),
  );
}
