import { type Reference, references } from "#core/expressions";
import { countedDependencies, isAround, referencedStages, type StageLinks } from "./dependencies.ts";
import { dependentOf } from "./dependent.ts";
import type { Draft, Report } from "./draft.ts";
import { namesOfOwners, resolveStageName } from "./names.ts";
import type { StagePlan, Waiting } from "./run-plan.ts";
import type { StageTree } from "./stage-tree.ts";
import { waitsForSuccess } from "./trigger-rule.ts";
import { workOf } from "./work-of.ts";

/** Finds what a stage depends on, and reports what it names and cannot have. */
export function linksOf(
  draft: Draft,
  drafts: ReadonlyMap<string, Draft>,
  tree: StageTree,
  report: Report,
): StageLinks {
  const say = (code: string, message: string): void => report(draft.id, code, message);
  checkArms(draft, drafts, say);
  const declared = declaredDependencies(draft, drafts, say);
  const { inputs, when, approval, addedOutputs } = draft;
  const before = [
    ...inputs.references,
    ...inputs.deferred,
    ...(when === null ? [] : references(when.condition)),
    ...(approval?.inputs.references ?? []),
  ];
  const after = (addedOutputs ?? workOf(draft).addedOutputs)?.references ?? [];
  checkReferences(draft, drafts, [...before, ...after], say);
  // Outputs are added when an owner's stages have ended, so these may name them; what comes before may not.
  const ownLater = referencedStages(drafts, draft, after).filter((target) => !isAround(draft, target));
  const implicit = [...new Set([...referencedStages(drafts, draft, before), ...ownLater])];
  for (const target of implicit) checkReadable(draft, target, say);
  const gates = (tree.gatesOf.get(draft.id) ?? [])
    .map((id) => drafts.get(id))
    .filter((gate) => gate !== undefined);
  return { stage: draft, declared, implicit, gates };
}

/** Turns the links of a stage into what the scheduler counts; `waits` are its edges, by index. */
export function connect(
  drafts: ReadonlyMap<string, Draft>,
  links: StageLinks,
  waits: ReadonlyMap<number, Waiting>,
): void {
  const draft = drafts.get(links.stage.id);
  if (draft === undefined) return;
  const region = draft.region.stages;
  draft.counted = countedDependencies(links);
  draft.gates = links.gates.filter((gate) => gate.region === draft.region).map(({ index }) => index);
  draft.fixedInputs =
    draft.when === null && draft.inputs.deferred.length === 0 ? draft.inputs.constant : null;
  draft.followsSuccess = followsSuccess(draft);
  for (const [awaited, how] of waits) {
    draft.waitsFor += 1;
    if (how === "always") draft.waitsAlwaysFor += 1;
    drafts.get(region[awaited]?.id ?? "")?.dependents.push(dependentOf(draft.index, how));
  }
  for (const index of draft.gates) {
    const gate = drafts.get(region[index]?.id ?? "");
    const arms =
      gate?.source.arms.filter(({ stages }) => stages.some(({ value }) => value === draft.id)) ?? [];
    gate?.branches.push({ index: draft.index, arms: arms.map(({ arm }) => arm) });
  }
}

function followsSuccess({ enabled, gates, triggerRule, counted }: Draft): boolean {
  const isAlone = counted.every(({ kind }) => kind !== "outside");
  return enabled && gates.length === 0 && isAlone && waitsForSuccess(triggerRule);
}

type Say = (code: string, message: string) => void;

/** Which component carries out an arm; stages of an arm that nobody carries out would silently never run. */
const OWNERS: ReadonlyMap<string, string> = new Map([
  ["loop", "foreach"],
  ["try", "trycatch"],
  ["catch", "trycatch"],
  ["finally", "trycatch"],
]);

function checkArms(draft: Draft, drafts: ReadonlyMap<string, Draft>, say: Say): void {
  for (const { arm, stages } of draft.source.arms) {
    const owner = OWNERS.get(arm);
    if (owner !== undefined && draft.definition.type !== owner) {
      say(
        "FM2021",
        `Stage "${draft.id}" has ${arm} stages, which only the component ${owner} runs. Change its component_type, or remove them.`,
      );
    }
    for (const { value } of stages) {
      if (!drafts.has(value))
        say("FM2018", `Stage "${draft.id}" has "${value}" among its ${arm} stages, which does not exist.`);
    }
  }
}

function declaredDependencies(
  draft: Draft,
  drafts: ReadonlyMap<string, Draft>,
  say: Say,
): readonly StagePlan[] {
  const declared = new Set<StagePlan>();
  for (const { value } of draft.source.dependsOn) {
    // Reading the file has found what the id means in its body.
    const target = drafts.get(value);
    if (target === undefined) {
      say(
        "FM2016",
        `Stage "${draft.id}" depends on "${value}", which does not exist. Correct or remove it in depends_on.`,
      );
    } else if (target === draft) {
      say("FM2017", `Stage "${draft.id}" depends on itself. Remove it from its own depends_on.`);
    } else if (isAround(draft, target)) {
      say(
        "FM2022",
        `Stage "${draft.id}" depends on "${value}", which it runs itself. Remove it from depends_on.`,
      );
    } else {
      declared.add(target);
    }
  }
  return [...declared];
}

function checkReadable(draft: Draft, target: StagePlan, say: Say): void {
  if (isAround(draft, target)) {
    say("FM2022", `Stage "${draft.id}" reads "${target.id}", which it runs itself only afterwards.`);
    return;
  }
  const loop = enclosingLoop(target);
  if (loop === null || isAround(loop, draft)) return;
  say(
    "FM2019",
    `Stage "${draft.id}" reads "${target.id}", which runs once per ${loop.isMatrix ? "leg" : "item"} of "${loop.id}". Read {{ upstream.${loop.id}.results }} instead.`,
  );
}

/** Names that can have no value in any run, where the expression does not provide for that. */
function checkReferences(
  draft: Draft,
  drafts: ReadonlyMap<string, Draft>,
  named: readonly Reference[],
  say: Say,
): void {
  const ownerNames = namesOfOwners(draft);
  for (const { root, path, guarded } of named) {
    if (guarded || ownerNames.has(root)) continue;
    const [id] = path;
    if ((root === "upstream" || root === "stages") && typeof id === "string") {
      if (resolveStageName(drafts, draft, id) === undefined) {
        say(
          "FM2023",
          `Stage "${draft.id}" reads "${root}.${id}", and there is no stage "${id}". Correct the name.`,
        );
      }
    } else if (root === "matrix" && !draft.isMatrix && !drafts.has(root)) {
      const message = `Stage "${draft.id}" reads "matrix", and neither it nor a stage around it has one. Add strategy.matrix, or correct the name.`;
      say("FM2035", message);
    }
  }
}

function enclosingLoop(stage: StagePlan): StagePlan | null {
  for (let owner = stage.region.owner; owner !== null; owner = owner.stage.region.owner) {
    if (owner.arm === "loop" || owner.arm === "matrix") return owner.stage;
  }
  return null;
}
