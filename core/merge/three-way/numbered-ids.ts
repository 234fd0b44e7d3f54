import type { PipelineContent, StageContent } from "../content/content.ts";
import { mapTexts } from "../content/map-texts.ts";
import type { StageMatch } from "../match/match-stages.ts";
import { isAlike } from "../match/stage-features.ts";

/** One of the sides of a merge, beside the other. */
interface SideOfTwo {
  readonly own: PipelineContent;
  readonly other: PipelineContent;
  /** Which stages of the base are which of either. */
  readonly toOwn: StageMatch;
  readonly toOther: StageMatch;
}

/**
 * Stages that a side added under an id that another stage of the merged pipeline has: they get a number, wherever the
 * side names them. That is so where a stage of the base got the id, by `names`, and where somebody chose to keep both of
 * what the sides added (`isKeptBeside`).
 */
export function numberedIds(
  { own, other, toOwn, toOther }: SideOfTwo,
  base: PipelineContent,
  names: ReadonlyMap<string, string>,
  isKeptBeside: (stage: StageContent) => boolean,
): ReadonlyMap<string, string> {
  const given = new Set(
    base.stages.flatMap((stage) => {
      const name = names.get(stage.key);
      return name === undefined ? [] : [nameIn(stage, name)];
    }),
  );
  const toNumber = own.stages.flatMap((stage) => {
    const { key, id } = stage;
    if (id === null || toOwn.from.has(key)) return [];
    return given.has(nameIn(stage, id)) || isKeptBeside(stage) ? [{ stage, key, id }] : [];
  });
  if (toNumber.length === 0) return new Map();
  const taken = new Set([base, own, other].flatMap(({ stages }) => stages.map(({ id }) => id ?? "")));
  const inOther = new Map(other.stages.map((stage) => [stage.key, stage]));
  const inOwn = new Set(own.stages.map(({ id }) => id));
  const renamed = new Map(
    own.stages.flatMap(({ key, id }) => {
      const name = names.get(toOwn.from.get(key) ?? "");
      return id === null || name === undefined ? [] : [[id, name] as const];
    }),
  );
  /**
   * Where the other side has been merged with this one before, it has the stage under such an id already, and there its
   * lists name stages as they are called there. What its expressions name is less of what it says.
   */
  const isThere = (stage: StageContent, id: string): boolean => {
    const found = inOther.get(id);
    return (
      found !== undefined &&
      !toOther.from.has(id) &&
      !inOwn.has(id) &&
      isAlike(found, { ...stage, value: mapTexts(stage.value, (text) => renamed.get(text) ?? text) })
    );
  };
  const numbered = new Map<string, string>();
  for (const { stage, key, id } of toNumber) {
    let number = 2;
    while (taken.has(`${id}_${number}`) && !isThere(stage, `${id}_${number}`)) number += 1;
    taken.add(`${id}_${number}`);
    numbered.set(key, `${id}_${number}`);
  }
  return numbered;
}

/** A stage on its own and one that is written in another do not take each other's names. */
function nameIn({ place }: StageContent, name: string): string {
  return place === null ? name : `/${name}`;
}
