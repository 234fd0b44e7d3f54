import type { PipelineContent } from "../content/content.ts";
import { addressOf, type Decision, type Side } from "../three-way/decision.ts";
import { closingWaits } from "./closing-waits.ts";
import { linksOf, mentionsOf, wordsOf } from "./mentions.ts";
import { newWaits } from "./new-waits.ts";
import { drop, type SemanticRule, stateOf } from "./orders.ts";
import { isOtherComponent } from "./other-component.ts";
import { type Reach, reachesOf } from "./reaches.ts";
import { nameOf, type Wait } from "./waits.ts";

/** Stages that wait for each other only with what both sides added. */
export const togetherCycles: SemanticRule = ({ contents, merged: changed, leftOut, orders, choiceOf }) => {
  const added = {
    ours: newWaits({ ...contents, side: contents.ours, other: contents.theirs }, leftOut),
    theirs: newWaits({ ...contents, side: contents.theirs, other: contents.ours }, leftOut),
  };
  if (added.ours.size === 0 || added.theirs.size === 0) return [];
  const merged = leftOut.whole(changed);
  // Where no words make a circle no expressions do, and these take long to read.
  if (circlesOf(merged, wordsOf).length === 0) return [];
  const decisions: Decision[] = [];
  const circles = circlesOf(merged, mentionsOf);
  // Where stages of a side wait for each other already, there is nothing to keep whole by leaving something out.
  const before = new Set(
    circles.length === 0
      ? []
      : [contents.ours, contents.theirs].flatMap((side) =>
          circlesOf(leftOut.whole(side), linksOf).flatMap((circle) => (circle.size > 1 ? [...circle] : [])),
        ),
  );
  for (const circle of circles) {
    if ([...circle].some((stage) => before.has(stage))) continue;
    const within = reachesOf(merged, mentionsOf).filter(
      ({ waiting, awaited }) => circle.has(waiting) && circle.has(awaited),
    );
    const isNew = (side: Side, { wait }: Reach): boolean => added[side].has(nameOf(wait));
    const own = within.filter((reach) => isNew("ours", reach) && !isNew("theirs", reach));
    const other = within.filter((reach) => isNew("theirs", reach) && !isNew("ours", reach));
    const first = other[0]?.wait;
    if (own.length === 0 || first === undefined) continue;
    const names = [...circle].toSorted();
    const id = `cycle:${names.join(",")}`;
    const choice = choiceOf(id) ?? "ours";
    const kept: Side = choice === "theirs" ? "theirs" : "ours";
    const lost = kept === "ours" ? other : own;
    const closing = waitsIn(closingWaits(within, lost, ({ wait }) => nameOf(wait)));
    const enough =
      closing.length < waitsIn(lost).length
        ? ` It is enough to leave out that ${closing.map(waitWords).join(" and ")}.`
        : "";
    decisions.push({
      id,
      state: stateOf(choiceOf(id)),
      reason: "cycle",
      stage: first.owner,
      path: first.mention.path,
      base: undefined,
      ours: waitsIn(own).map(waitWords),
      theirs: waitsIn(other).map(waitWords),
      message: `With both changes these stages wait for each other, so none of them would run: ${names.join(", ")}. Ours added that ${waitsIn(own).map(waitWords).join(" and ")}; theirs that ${waitsIn(other).map(waitWords).join(" and ")}.${enough}`,
      resolutions: ["ours", "theirs", "both"],
    });
    if (choice === "both") continue;
    for (const { owner, mention } of closing) {
      if (mention.kind !== "expression") drop(orders, addressOf(owner, mention.path), mention.id);
      else if (contents[kept].stages.some(({ key }) => key === owner))
        // Where the sides have it as other components the text may be the same, and is read in one of them only.
        orders.forced.set(addressOf(owner, isOtherComponent(contents, owner) ? [] : mention.path), kept);
    }
  }
  return decisions;
};

/** Which stages are in a circle together: strongly connected parts of the graph with more than one stage, or a loop. */
function circlesOf(content: PipelineContent, named: typeof mentionsOf): readonly ReadonlySet<string>[] {
  const waits = new Map<string, string[]>(content.stages.map(({ id, key }) => [id ?? key, []]));
  for (const { waiting, awaited } of reachesOf(content, named)) waits.get(waiting)?.push(awaited);
  const order = orderByEnd(waits);
  const backwards = new Map<string, string[]>();
  for (const [stage, awaited] of waits)
    for (const each of awaited) {
      const waiting = backwards.get(each);
      if (waiting === undefined) backwards.set(each, [stage]);
      else waiting.push(stage);
    }
  const seen = new Set<string>();
  const circles: ReadonlySet<string>[] = [];
  for (const start of order.toReversed()) {
    if (seen.has(start)) continue;
    const part = new Set<string>();
    const open = [start];
    seen.add(start);
    for (let stage = open.pop(); stage !== undefined; stage = open.pop()) {
      part.add(stage);
      for (const next of backwards.get(stage) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    if (part.size > 1 || waits.get(start)?.includes(start) === true) circles.push(part);
  }
  return circles;
}

/** Stages in the order in which a walk in depth leaves them. */
function orderByEnd(waits: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  for (const start of waits.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const way: { readonly stage: string; next: number }[] = [{ stage: start, next: 0 }];
    for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
      const next = waits.get(step.stage)?.[step.next];
      step.next += 1;
      if (next === undefined) {
        order.push(step.stage);
        way.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        way.push({ stage: next, next: 0 });
      }
    }
  }
  return order;
}

/** The waits that some reaches are made of, each once. */
function waitsIn(reaches: readonly Reach[]): readonly Wait[] {
  return [...new Set(reaches.map(({ wait }) => wait))];
}

function waitWords({ waiting, awaited, mention }: Wait): string {
  return mention.kind === "arm"
    ? `"${waiting}" is in a branch of "${awaited}"`
    : `"${waiting}" waits for "${awaited}"`;
}
