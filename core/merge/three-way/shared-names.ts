import type { PipelineContent, StageContent } from "../content/content.ts";
import { readText } from "../content/read-text.ts";
import { rekeyContent } from "../match/align.ts";
import type { StageMatch } from "../match/match-stages.ts";
import { renameInText } from "../match/rename-text.ts";
import { isAlike } from "../match/stage-features.ts";
import { addressOf } from "./decision.ts";
import { matchSides } from "./match-sides.ts";
import { decide, type Merging, type Three } from "./merging.ts";

/** A pipeline as text and as what it says. */
export interface Readable {
  readonly text: string;
  readonly content: PipelineContent;
}

/** The three with the names of the merged pipeline. */
export interface SharedNames extends Three<Readable> {
  /** The old ids of stages that one side gave another id and the other removed, by their keys now. */
  readonly renamedAndRemoved: ReadonlyMap<string, string>;
}

/**
 * Gives all three the names that the merged pipeline has, in all that names them, and the same key to the same stage: a
 * side that renamed a stage and one that refers to it by its old id then speak of the same. What cannot follow keeps
 * its name, and is another stage.
 */
export function withSharedNames(merging: Merging, sides: Three<Readable>): SharedNames {
  const { ours: toOurs, theirs: toTheirs } = matchSides({
    base: sides.base.content,
    ours: sides.ours.content,
    theirs: sides.theirs.content,
  });
  const isPlain = (match: StageMatch): boolean => [...match.to].every(([one, other]) => one === other);
  const names = finalNames(merging, sides, toOurs, toTheirs);
  const numbered = numberedIds(merging, sides, names, toOurs, toTheirs);
  const unchanged: SharedNames = { ...sides, renamedAndRemoved: new Map() };
  if (isPlain(toOurs) && isPlain(toTheirs) && numbered.size === 0) return unchanged;
  const renamed = {
    base: renamedSide(sides.base, (key) => names.get(key)),
    ours: renamedSide(sides.ours, (key) => names.get(toOurs.from.get(key) ?? "")),
    theirs: renamedSide(sides.theirs, (key) => numbered.get(key) ?? names.get(toTheirs.from.get(key) ?? "")),
  };
  const { base, ours, theirs } = renamed;
  if (base === null || ours === null || theirs === null) return unchanged;
  // A stage is known by its key in the base as it is named now; one that the base has not by its own.
  const keys = new Map(
    sides.base.content.stages.map(({ key }, index) => [key, base.content.stages[index]?.key ?? key]),
  );
  const rekeyed = (before: Readable, now: Readable, match: StageMatch): Readable => {
    const own = before.content.stages.map(({ key }, index) => {
      const inBase = match.from.get(key);
      return [
        key,
        inBase === undefined ? (now.content.stages[index]?.key ?? key) : (keys.get(inBase) ?? key),
      ] as const;
    });
    return { text: now.text, content: rekeyContent(before.content, now.content, new Map(own)) };
  };
  const renamedAndRemoved = new Map(
    sides.base.content.stages.flatMap(({ key, id }) =>
      id !== null && names.has(key) && toOurs.to.has(key) !== toTheirs.to.has(key)
        ? [[keys.get(key) ?? key, id] as const]
        : [],
    ),
  );
  return {
    base,
    ours: rekeyed(sides.ours, ours, toOurs),
    theirs: rekeyed(sides.theirs, theirs, toTheirs),
    renamedAndRemoved,
  };
}

/** The ids that stages get which at least one side renamed, by their keys in the base. */
function finalNames(
  merging: Merging,
  { base, ours, theirs }: Three<Readable>,
  toOurs: StageMatch,
  toTheirs: StageMatch,
): ReadonlyMap<string, string> {
  const idsOf = ({ content }: Readable): ReadonlyMap<string, StageContent> =>
    new Map(content.stages.map((stage) => [stage.key, stage]));
  const inOurs = idsOf(ours);
  const inTheirs = idsOf(theirs);
  const takenByOurs = new Set(ours.content.stages.map(({ id }) => id));
  const takenByTheirs = new Set(theirs.content.stages.map(({ id }) => id));
  const names = new Map<string, string>();
  for (const { key, id } of base.content.stages) {
    if (id === null) continue;
    const own = inOurs.get(toOurs.to.get(key) ?? "")?.id ?? id;
    const other = inTheirs.get(toTheirs.to.get(key) ?? "")?.id ?? id;
    const at = { stage: id, path: ["id"] };
    const three = { base: id, ours: own, theirs: other };
    if (own !== id && other !== id && own !== other) {
      const message = `Ours renamed the stage "${id}" to "${own}", and theirs renamed it to "${other}".`;
      const choice = decide(merging, at, "renamed-twice", three, message, ["ours", "theirs", "base"]);
      const chosen = choice === "theirs" ? other : choice === "base" ? id : own;
      if (chosen !== id || own !== id) names.set(key, chosen);
    } else if (own !== id && (other !== id || !takenByTheirs.has(own))) {
      names.set(key, own);
    } else if (own !== id) {
      const message = `Ours renamed the stage "${id}" to "${own}", and theirs has another stage "${own}".`;
      decide(merging, at, "id-taken", three, message, ["ours"]);
      names.set(key, own);
    } else if (other !== id && takenByOurs.has(other)) {
      const message = `Theirs renamed the stage "${id}" to "${other}", and ours has another stage "${other}".`;
      decide(
        merging,
        { stage: id, path: ["id"] },
        "id-taken",
        three,
        message,
        ["ours"],
        addressOf(id, ["id"]),
      );
      names.set(key, id);
    } else if (other !== id) {
      names.set(key, other);
    }
  }
  return names;
}

function renamedSide(side: Readable, nameOf: (key: string) => string | undefined): Readable | null {
  const ids = new Map<string, string>();
  for (const { key, id } of side.content.stages) {
    const name = nameOf(key);
    if (name !== undefined && name !== id) ids.set(key, name);
  }
  if (ids.size === 0) return side;
  const text = renameInText(side.text, ids);
  const read = text === null ? null : readText(text);
  return read?.ok === true && read.content.stages.length === side.content.stages.length ? read : null;
}

/**
 * Stages that theirs added under an id that another stage of the merged pipeline has: they get a number, wherever
 * theirs names them. That is so where ours gave the id to one of the base, and where somebody chose to keep both.
 */
function numberedIds(
  merging: Merging,
  { base, ours, theirs }: Three<Readable>,
  names: ReadonlyMap<string, string>,
  toOurs: StageMatch,
  toTheirs: StageMatch,
): ReadonlyMap<string, string> {
  const taken = new Set(
    [base, ours, theirs].flatMap(({ content }) => content.stages.map(({ id }) => id ?? "")),
  );
  const given = new Set(names.values());
  const inOurs = new Map(ours.content.stages.map((stage) => [stage.key, stage]));
  const inTheirs = new Set(theirs.content.stages.map((stage) => stage.id));
  /** Where ours has been merged with theirs before, it has the stage under such an id already. */
  const isThere = (stage: StageContent, id: string): boolean => {
    const own = inOurs.get(id);
    return own !== undefined && !toOurs.from.has(id) && !inTheirs.has(id) && isAlike(own, stage);
  };
  const numbered = new Map<string, string>();
  for (const stage of theirs.content.stages) {
    const { key, id } = stage;
    if (id === null || toTheirs.from.has(key)) continue;
    const isKept =
      inOurs.has(key) && !toOurs.from.has(key) && merging.choiceOf(addressOf(key, [])) === "both";
    if (!given.has(id) && !isKept) continue;
    let number = 2;
    while (taken.has(`${id}_${number}`) && !isThere(stage, `${id}_${number}`)) number += 1;
    taken.add(`${id}_${number}`);
    numbered.set(key, `${id}_${number}`);
  }
  return numbered;
}
