import type { Reference } from "#core/expressions";
import { stageById } from "../document/locate.ts";
import { expressionRoots } from "../expression-roots.ts";
import { namesInArm } from "../graph/loop-variables.ts";
import { isOwningArm, ownersOf, type StageOwner } from "../graph/owners.ts";
import type { PipelineDocument, Stage } from "../model.ts";

/** What names in the expressions of a document mean. */
export interface StageNames {
  /** The stage that a reference in an expression of `from` names, and how many steps of its path that takes. */
  stageOf(reference: Reference, from: Stage, local: ReadonlySet<string>): NamedStage | undefined;
  /** The stage that an id means where `from` is written. */
  find(id: string, from: Stage): Stage | undefined;
  /** Names that loops and catches around a stage give it. */
  variablesOf(stage: Stage): ReadonlySet<string>;
}

export interface NamedStage {
  readonly stage: Stage;
  /** 1 after `upstream.` and `stages.`, 0 for a bare id. */
  readonly steps: 0 | 1;
}

/** The names of a document (design, "Expressions"): variables first, then roots, then bare ids. */
export function stageNames(document: PipelineDocument): StageNames {
  const { stages } = document.pipeline;
  const owners = ownersOf(stages, document.tree.identities.byId);
  const ownerOf = new Map(stages.map((stage, index) => [stage, owners[index] ?? null]));

  const find = (id: string, from: Stage): Stage | undefined => {
    // As in a run: a stage that owns others, or is written inside one, sees those inside it first.
    const looksAround = from.nestedIn !== null || from.arms.some(({ arm }) => isOwningArm(arm));
    for (let path = looksAround ? from.id : ""; path !== ""; path = outside(path)) {
      const near = stageById(document, `${path}/${id}`);
      if (near !== undefined) return near;
    }
    return stageById(document, id);
  };
  const variablesOf = (stage: Stage): ReadonlySet<string> => {
    const names = new Set<string>();
    const passed = new Set<StageOwner>();
    for (let owner = ownerOf.get(stage) ?? null; owner !== null && !passed.has(owner); ) {
      passed.add(owner);
      const around = stageById(document, owner.stage);
      if (around === undefined) break;
      for (const name of namesInArm(around, owner.arm)) names.add(name);
      owner = ownerOf.get(around) ?? null;
    }
    return names;
  };
  return {
    find,
    variablesOf,
    stageOf({ root, path }, from, local) {
      if (local.has(root)) return undefined;
      const isQualified = root === "upstream" || root === "stages";
      const name = isQualified ? path[0] : root;
      if (typeof name !== "string" || (!isQualified && expressionRoots.has(name))) return undefined;
      const stage = find(name, from);
      return stage === undefined ? undefined : { stage, steps: isQualified ? 1 : 0 };
    },
  };
}

/** The path of the stage around; empty around none. */
function outside(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
