import type { Stage } from "../model.ts";

/** The stage around another, and the arm of it that the other is in. */
export interface StageOwner {
  readonly stage: string;
  readonly arm: string;
}

/** The arms whose stages run inside their stage; the stages of the others are only enabled by it. */
export type OwningArm = "loop" | "try" | "catch" | "finally";

/** Whether the stages of an arm are part of its stage, and not only enabled by it. */
export function isOwningArm(arm: string): arm is OwningArm {
  return arm === "loop" || arm === "try" || arm === "catch" || arm === "finally";
}

/** For each stage its owner. A stage in several bodies is in the first; one in its own body is in none. */
export function ownersOf(
  stages: readonly Stage[],
  byId: ReadonlyMap<string, number>,
): readonly (StageOwner | null)[] {
  const owners: (StageOwner | null)[] = stages.map(() => null);
  const enabledBy = new Map<number, number[]>();
  stages.forEach((stage, index) => {
    for (const { arm, stages: members } of stage.arms) {
      for (const { value } of members) {
        const member = byId.get(value);
        if (member === undefined || member === index) continue;
        if (isOwningArm(arm) || stages[member]?.nestedIn === stage.id) {
          owners[member] ??= { stage: stage.id, arm };
        } else {
          const enabled = enabledBy.get(index);
          if (enabled === undefined) enabledBy.set(index, [member]);
          else enabled.push(member);
        }
      }
    }
  });
  passOn(owners, enabledBy);
  dropCircles(owners, byId);
  return owners;
}

/** What a stage inside a body enables is in that body too. */
function passOn(owners: (StageOwner | null)[], enabledBy: ReadonlyMap<number, readonly number[]>): void {
  const waiting = [...enabledBy.keys()].filter((control) => owners[control] !== null);
  for (let control = waiting.pop(); control !== undefined; control = waiting.pop()) {
    const owner = owners[control] ?? null;
    for (const member of enabledBy.get(control) ?? []) {
      if (owners[member] !== null) continue;
      owners[member] = owner;
      if (enabledBy.has(member)) waiting.push(member);
    }
  }
}

/** A stage cannot be inside itself, however many bodies are between: the first such stage is in none then. */
function dropCircles(owners: (StageOwner | null)[], byId: ReadonlyMap<string, number>): void {
  const parentOf = (index: number): number => byId.get(owners[index]?.stage ?? "") ?? -1;
  const safe = new Set<number>([-1]);
  owners.forEach((_, index) => {
    const path = new Set<number>();
    let at = index;
    while (!safe.has(at) && !path.has(at)) {
      path.add(at);
      at = parentOf(at);
    }
    if (!safe.has(at)) owners[at] = null;
    for (const each of path) safe.add(each);
  });
}
