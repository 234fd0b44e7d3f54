import type { Reference } from "#core/expressions";
import { namesOfOwners, resolveStageName, stageNameIn } from "./names.ts";
import type { CountedDependency, RegionPlan, StagePlan, Waiting } from "./run-plan.ts";

/** What a stage depends on, before it is compiled into counters. */
export interface StageLinks {
  readonly stage: StagePlan;
  /** As `depends_on` names them. */
  readonly declared: readonly StagePlan[];
  /** Stages that its expressions name. */
  readonly implicit: readonly StagePlan[];
  /** Conditionals and routers that enable it. */
  readonly gates: readonly StagePlan[];
}

/** The stages of a region and who waits for whom, by index: waiter -> waited for -> how. */
export type RegionEdges = ReadonlyMap<RegionPlan, readonly Map<number, Waiting>[]>;

/** The stages that references name, each once. Names of other things and of nothing are left out. */
export function referencedStages(
  stages: ReadonlyMap<string, StagePlan>,
  from: StagePlan,
  references: readonly Reference[],
): readonly StagePlan[] {
  if (references.length === 0) return [];
  const ownerNames = namesOfOwners(from);
  const found = new Set<StagePlan>();
  for (const reference of references) {
    const name = stageNameIn(reference, ownerNames);
    const stage = name === undefined ? undefined : resolveStageName(stages, from, name);
    if (stage !== undefined && stage !== from) found.add(stage);
  }
  return [...found];
}

/**
 * Turns links into edges between stages of one region. A link to a stage inside an owner is one to the owner; a
 * link from inside an owner to a stage beside the owner makes the owner wait.
 */
export function regionEdges(regions: readonly RegionPlan[], links: readonly StageLinks[]): RegionEdges {
  const edges = new Map(
    regions.map((region) => [region, region.stages.map(() => new Map<number, Waiting>())]),
  );
  const add = (waiter: StagePlan, awaited: StagePlan, how: Waiting): void => {
    const waits = edges.get(waiter.region)?.[waiter.index];
    if (waits === undefined || waiter === awaited || waits.get(awaited.index) === "always") return;
    waits.set(awaited.index, how);
  };
  for (const { stage, declared, implicit, gates } of links) {
    for (const [targets, how] of [
      [declared, "by-rule"],
      [implicit, "always"],
      [gates, "always"],
    ] as const) {
      for (const target of targets) {
        const pair = meet(stage, target);
        if (pair !== null) add(pair.from, pair.to, pair.from === stage ? how : "always");
      }
    }
  }
  return edges;
}

/** What the trigger rule counts: `depends_on`; where that is empty, what expressions name and who enables the stage. */
export function countedDependencies({
  stage,
  declared,
  implicit,
  gates,
}: StageLinks): readonly CountedDependency[] {
  const counted = declared.length > 0 ? declared : [...new Set([...implicit, ...gates])];
  return counted.map((target): CountedDependency => {
    if (isAround(target, stage)) return { kind: "owner", id: target.id };
    const inRegion = climb(target, stage.region);
    return inRegion === null ? { kind: "outside", stage: target } : { kind: "beside", index: inRegion.index };
  });
}

/** The stages that stand for two stages in the innermost region that both are in; null when that is one and the same. */
function meet(from: StagePlan, to: StagePlan): { readonly from: StagePlan; readonly to: StagePlan } | null {
  for (let waiter: StagePlan | undefined = from; waiter !== undefined; waiter = waiter.region.owner?.stage) {
    const awaited = climb(to, waiter.region);
    if (awaited !== null) return awaited === waiter ? null : { from: waiter, to: awaited };
  }
  return null;
}

/** The stage of `region` that is `stage` or has it inside; null when there is none. */
function climb(stage: StagePlan, region: RegionPlan): StagePlan | null {
  for (let each: StagePlan | undefined = stage; each !== undefined; each = each.region.owner?.stage) {
    if (each.region === region) return each;
  }
  return null;
}

/** Whether `owner` has `stage` inside. */
export function isAround(owner: StagePlan, stage: StagePlan): boolean {
  for (let each = stage.region.owner; each !== null; each = each.stage.region.owner) {
    if (each.stage === owner) return true;
  }
  return false;
}
