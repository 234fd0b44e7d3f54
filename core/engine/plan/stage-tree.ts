import { isOwningArm, type OwningArm, type Stage } from "#core/pipeline";

/** Where a stage lives: in an arm of a stage that owns it, or in the pipeline itself (null). */
export type Home = { readonly owner: string; readonly arm: OwningArm } | null;

/** Who owns and who enables whom. */
export interface StageTree {
  homeOf(id: string): Home;
  /** For each stage that others enable: which. */
  readonly gatesOf: ReadonlyMap<string, readonly string[]>;
  /** The ids of a home in the order of its list; stages enabled by one of them follow it. */
  membersOf(home: Home): readonly string[];
  readonly faults: readonly { readonly stage: string; readonly message: string }[];
}

/**
 * Reads ownership off the stages' arms. A stage of a conditional's or router's arm lives where that one lives;
 * one of a loop's or try's arm lives in it. Stages with an id of an earlier one are left out.
 */
export function stageTree(stages: readonly Stage[]): StageTree {
  const known = new Map<string, Stage>();
  for (const stage of stages) if (!known.has(stage.id)) known.set(stage.id, stage);
  const listed = new Map<string, { readonly owner: string; readonly arm: string }[]>();
  for (const [id, stage] of known) {
    for (const { arm, stages: members } of stage.arms) {
      for (const { value } of members) listed.set(value, [...(listed.get(value) ?? []), { owner: id, arm }]);
    }
  }

  const faults: { stage: string; message: string }[] = [];
  const homes = new Map<string, Home>();
  const visiting = new Set<string>();

  const homeOf = (id: string): Home => {
    const settled = homes.get(id);
    if (settled !== undefined) return settled;
    if (visiting.has(id)) {
      faults.push({ stage: id, message: containsItself(id) });
      return null;
    }
    visiting.add(id);
    const candidates = new Map<string, Home>();
    for (const { owner, arm } of listed.get(id) ?? []) {
      const home = isOwningArm(arm) ? { owner, arm } : homeOf(owner);
      candidates.set(home === null ? "" : `${home.owner} ${home.arm}`, home);
    }
    visiting.delete(id);
    const [home = null, second] = candidates.values();
    if (second !== undefined) {
      const names = Array.from(candidates.values(), (each) =>
        each === null ? "the pipeline" : `"${each.owner}"`,
      );
      faults.push({
        stage: id,
        message: `"${id}" is in the stages of ${names.join(" and ")}. A stage can be in one place only.`,
      });
    }
    homes.set(id, home);
    return home;
  };

  const rooted = new Set<string>();
  for (const id of known.keys()) {
    const path = new Set<string>();
    let each: string | undefined = id;
    while (each !== undefined && !rooted.has(each) && !path.has(each)) {
      path.add(each);
      each = homeOf(each)?.owner;
    }
    // Circles are told once, at the first of their stages.
    if (each !== undefined && path.has(each)) faults.push({ stage: each, message: containsItself(each) });
    for (const passed of path) rooted.add(passed);
  }

  const gatesOf = new Map<string, string[]>();
  for (const [id, owners] of listed) {
    const gates = owners.filter(({ arm }) => !isOwningArm(arm)).map(({ owner }) => owner);
    if (gates.length > 0) gatesOf.set(id, [...new Set(gates)]);
  }

  const members = new Map<string, string[]>();
  for (const id of known.keys()) {
    const key = keyOf(homeOf(id));
    const list = members.get(key);
    if (list === undefined) members.set(key, [id]);
    else list.push(id);
  }

  return {
    homeOf,
    gatesOf,
    membersOf: (home) => {
      const inFileOrder = members.get(keyOf(home)) ?? [];
      if (home === null) return inFileOrder;
      const arm = known.get(home.owner)?.arms.find((each) => each.arm === home.arm);
      const order = new Map((arm?.stages ?? []).map(({ value }, index) => [value, index]));
      // One that is only enabled by another of the body comes right after it.
      const place = (id: string): number =>
        order.get(id) ?? Math.max(-1, ...(gatesOf.get(id) ?? []).map(place));
      return inFileOrder.toSorted((a, b) => place(a) - place(b));
    },
    faults,
  };
}

function containsItself(id: string): string {
  return `"${id}" contains itself. Take it out of the lists of the stages inside it, or of its own.`;
}

function keyOf(home: Home): string {
  return home === null ? "" : `${home.owner} ${home.arm}`;
}
