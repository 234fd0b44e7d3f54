import type { Stage } from "#core/pipeline";
import type { PipelineView } from "./pipeline-view.ts";
import { linksOf, type StageLink, sideBySide, within } from "./stage-links.ts";

/** Who waits for whom, by id. */
export interface StageOrder {
  /** Whether some stages wait for each other. */
  readonly hasCycle: boolean;
  /** The stages that others wait for. */
  readonly awaited: ReadonlySet<string>;
  /** Whether one stage waits for another by what is written down, over whatever others. */
  declares(waiting: string, awaited: string): boolean;
}

/** Works out the order of a pipeline. */
export function stageOrder(view: PipelineView): StageOrder {
  const links = view.stages.flatMap((facts) => [...linksOf(view, facts)]);
  const pairs = links.flatMap((link) => sideBySide(view, link) ?? []);
  const declared = declaredWaits(view, links);
  const rank = ranks(declared);
  return {
    hasCycle: ranks(grouped(pairs.map(({ waiting, awaited }) => [waiting.id, awaited.id]))) === null,
    awaited: new Set(links.filter(({ kind }) => kind !== "branch").map(({ awaited }) => awaited.id)),
    declares: (waiting, awaited) => reaches(declared, rank, waiting, awaited),
  };
}

type Waits = ReadonlyMap<string, readonly string[]>;

/** To wait for a stage in a body from outside is to wait for its owner; a stage in a body waits for what its owner does. */
function declaredWaits(view: PipelineView, links: readonly StageLink[]): Waits {
  const pairs: [string, string][] = [];
  const inside = (waiting: Stage, awaited: Stage): void => {
    pairs.push([waiting.id, awaited.id]);
    for (const { owner } of view.ownersOf(awaited))
      if (!within(view, waiting, owner)) pairs.push([waiting.id, owner.id]);
  };
  for (const { waiting, awaited, kind } of links) if (kind !== "implicit") inside(waiting, awaited);
  for (const { stage } of view.stages)
    for (const { owner } of view.ownersOf(stage)) pairs.push([stage.id, owner.id]);
  return grouped(pairs);
}

function grouped(pairs: readonly (readonly [string, string])[]): Waits {
  const waits = new Map<string, string[]>();
  for (const [waiting, awaited] of pairs) {
    const list = waits.get(waiting);
    if (list === undefined) waits.set(waiting, [awaited]);
    else list.push(awaited);
  }
  return waits;
}

/** For each stage a number above those of all it waits for; null when there is a cycle. */
function ranks(waits: Waits): ReadonlyMap<string, number> | null {
  const rank = new Map<string, number>();
  const next = new Map<string, number>();
  for (const start of waits.keys()) {
    const path = rank.has(start) ? [] : [start];
    for (let stage = path.at(-1); stage !== undefined; stage = path.at(-1)) {
      const list = waits.get(stage) ?? [];
      const step = next.get(stage) ?? 0;
      const awaited = list[step];
      next.set(stage, step + 1);
      if (awaited === undefined) {
        rank.set(
          stage,
          list.reduce((most, each) => Math.max(most, (rank.get(each) ?? 0) + 1), 0),
        );
        path.pop();
      } else if (!rank.has(awaited)) {
        // It was entered and not left: it is on the path.
        if (next.has(awaited)) return null;
        path.push(awaited);
      }
    }
  }
  return rank;
}

function reaches(waits: Waits, rank: ReadonlyMap<string, number> | null, from: string, to: string): boolean {
  const lowest = rank?.get(to) ?? -1;
  const seen = new Set([from]);
  const open = [from];
  for (let stage = open.pop(); stage !== undefined; stage = open.pop()) {
    for (const next of waits.get(stage) ?? []) {
      if (next === to) return true;
      if (seen.has(next) || (rank?.get(next) ?? 0) < lowest) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}
