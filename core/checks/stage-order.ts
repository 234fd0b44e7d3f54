import type { PipelineView } from "./pipeline-view.ts";
import type { StageLink } from "./stage-links.ts";

/** Who waits for whom. */
export interface StageOrder {
  /** Whether some stages wait for each other. */
  readonly hasCycle: boolean;
  /** Whether a stage waits for this one. */
  isAwaited(stage: string): boolean;
  /** Whether one stage waits for another by what is written down, over whatever others. */
  declares(waiting: string, awaited: string): boolean;
}

/** For each stage, by its number, the numbers of those it waits for. */
type Waits = readonly (readonly number[])[];

/** Works out the order of a pipeline from all of its links. */
export function stageOrder(view: PipelineView, links: readonly (readonly StageLink[])[]): StageOrder {
  const { byId } = view.document.tree.identities;
  const numberOf = (id: string): number => byId.get(id) ?? 0;
  const waits: number[][] = view.stages.map(() => []);
  const declared: number[][] = view.stages.map(() => []);
  const awaitedBy = new Uint8Array(view.stages.length);
  for (const own of links) {
    for (const { kind, waiting, awaited, owners, sides } of own) {
      if (sides !== null) waits[numberOf(sides.waiting)]?.push(numberOf(sides.awaited));
      if (kind !== "branch") awaitedBy[numberOf(awaited)] = 1;
      if (kind !== "implicit") declared[numberOf(waiting)]?.push(numberOf(awaited), ...owners.map(numberOf));
    }
  }
  view.stages.forEach(({ stage }, index) => {
    // A stage in a body waits for all that its owner does.
    for (const { owner } of view.ownersOf(stage)) declared[index]?.push(numberOf(owner.id));
  });
  return orderFrom({ byId, hasCycle: ranks(waits) === null, awaitedBy, declared });
}

/** What an order is told from: numbers, and none of the document. */
interface KnownOrder {
  readonly byId: ReadonlyMap<string, number>;
  readonly hasCycle: boolean;
  /** 1 for each stage that another waits for. */
  readonly awaitedBy: Uint8Array;
  readonly declared: Waits;
}

/** Apart, so that an order that is kept does not keep the document it was worked out from. */
function orderFrom({ byId, hasCycle, awaitedBy, declared }: KnownOrder): StageOrder {
  const numberOf = (id: string): number => byId.get(id) ?? 0;
  const rank = ranks(declared);
  return {
    hasCycle,
    isAwaited: (stage) => awaitedBy[numberOf(stage)] === 1,
    declares: (waiting, awaited) => reaches(declared, rank, numberOf(waiting), numberOf(awaited)),
  };
}

/** For each stage a number above those of all it waits for; null when there is a cycle. */
function ranks(waits: Waits): Int32Array | null {
  const rank = new Int32Array(waits.length).fill(-1);
  const next = new Int32Array(waits.length);
  const path: number[] = [];
  for (let start = 0; start < waits.length; start++) {
    if (rank[start] === -1) path.push(start);
    for (let stage = path.at(-1); stage !== undefined; stage = path.at(-1)) {
      const list = waits[stage] ?? [];
      const step = next[stage] ?? 0;
      const awaited = list[step];
      next[stage] = step + 1;
      if (awaited === undefined) {
        rank[stage] = list.reduce((most, each) => Math.max(most, (rank[each] ?? 0) + 1), 0);
        path.pop();
      } else if (rank[awaited] === -1) {
        // It was entered and not left: it is on the path.
        if (next[awaited] !== 0) return null;
        path.push(awaited);
      }
    }
  }
  return rank;
}

function reaches(waits: Waits, rank: Int32Array | null, from: number, to: number): boolean {
  const lowest = rank?.[to] ?? -1;
  const seen = new Set([from]);
  const open = [from];
  for (let stage = open.pop(); stage !== undefined; stage = open.pop()) {
    for (const next of waits[stage] ?? []) {
      if (next === to) return true;
      if (seen.has(next) || (rank?.[next] ?? 0) < lowest) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}
