import type { PipelineContent, StageContent } from "../content/content.ts";
import { readText } from "../content/read-text.ts";
import { rekeyContent } from "../match/align.ts";
import type { StageMatch } from "../match/match-stages.ts";
import { renameInText } from "../match/rename-text.ts";
import { addressOf, type Side } from "./decision.ts";
import { matchSides } from "./match-sides.ts";
import { addedTwice, decide, type Merging, type Three } from "./merging.ts";
import { numberedIds } from "./numbered-ids.ts";

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
  const [old, own, other] = [sides.base.content, sides.ours.content, sides.theirs.content];
  const { ours: toOurs, theirs: toTheirs } = matchSides({ base: old, ours: own, theirs: other });
  const isPlain = (match: StageMatch): boolean => [...match.to].every(([from, to]) => from === to);
  const names = finalNames(merging, sides, toOurs, toTheirs);
  const inOurs = new Set(own.stages.map(({ key }) => key));
  const isKeptBeside = ({ key }: StageContent): boolean =>
    inOurs.has(key) && !toOurs.from.has(key) && merging.choiceOf(addressOf(key, [])) === "both";
  // With both there are no longer two of one id where the stages are merged: that it was decided so is told here.
  const beside = other.stages.filter((stage) => !toTheirs.from.has(stage.key) && isKeptBeside(stage));
  for (const { key, value } of beside) {
    const added = {
      base: undefined,
      ours: own.stages.find((stage) => stage.key === key)?.value,
      theirs: value,
    };
    addedTwice(merging, key, added);
  }
  const numbered = {
    ours: numberedIds({ own, other, toOwn: toOurs, toOther: toTheirs }, old, names, () => false),
    theirs: numberedIds(
      { own: other, other: own, toOwn: toTheirs, toOther: toOurs },
      old,
      names,
      isKeptBeside,
    ),
  };
  const unchanged: SharedNames = { ...sides, renamedAndRemoved: new Map() };
  if (isPlain(toOurs) && isPlain(toTheirs) && numbered.ours.size + numbered.theirs.size === 0)
    return unchanged;
  const nameIn = (side: Side, match: StageMatch) => (key: string) =>
    numbered[side].get(key) ?? names.get(match.from.get(key) ?? "");
  const base = renamedSide(sides.base, (key) => names.get(key));
  const ours = renamedSide(sides.ours, nameIn("ours", toOurs));
  const theirs = renamedSide(sides.theirs, nameIn("theirs", toTheirs));
  if (base === null || ours === null || theirs === null) return unchanged;
  // A stage is known by its key in the base as it is named now; one that the base has not by its own.
  const keys = new Map(old.stages.map(({ key }, index) => [key, base.content.stages[index]?.key ?? key]));
  const rekeyed = (before: Readable, now: Readable, match: StageMatch): Readable => {
    const newKeys = before.content.stages.map(({ key }, index) => {
      const inBase = match.from.get(key);
      return [
        key,
        inBase === undefined ? (now.content.stages[index]?.key ?? key) : (keys.get(inBase) ?? key),
      ] as const;
    });
    return { text: now.text, content: rekeyContent(before.content, now.content, new Map(newKeys)) };
  };
  const renamedAndRemoved = new Map(
    old.stages.flatMap(({ key, id }) =>
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
    } else if (own !== id || (other !== id && takenByOurs.has(other))) {
      const [one, wanted, another] = own === id ? ["Theirs", other, "ours"] : ["Ours", own, "theirs"];
      const message = `${one} renamed the stage "${id}" to "${wanted}", and ${another} has another stage "${wanted}".`;
      const choice = decide(merging, at, "id-taken", three, message, ["ours", "theirs"]);
      const chosen = choice === "theirs" ? other : own;
      // Chosen for a stage of either side it can be one's only.
      names.set(key, chosen !== id && [...names.values()].includes(chosen) ? id : chosen);
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
  return read?.ok === true && read.pipeline.content.stages.length === side.content.stages.length
    ? read.pipeline
    : null;
}
