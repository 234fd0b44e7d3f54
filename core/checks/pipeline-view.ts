import type { Project } from "#core/component-definitions";
import { isOwningArm, type PipelineDocument, type Stage, stageById } from "#core/pipeline";
import { type ResolvedReference, resolveReferences } from "./resolve-references.ts";
import { type StageFacts, stageFacts } from "./stage-facts.ts";
import type { ProblemsOf } from "./uncallable.ts";

/** A pipeline as the rules look at it: its stages' facts, who owns whom, and what each expression names. */
export interface PipelineView {
  readonly document: PipelineDocument;
  readonly project: Project;
  /** Of the file, relative to the project's root with `/`; null where it has none. */
  readonly path: string | null;
  readonly stages: readonly StageFacts[];
  /** True when stages may come from a pipeline that is not at hand. */
  readonly inherits: boolean;
  /** What is wrong with another pipeline of the project by itself. */
  readonly problemsOf: ProblemsOf;
  /** Every id, in file order. Frozen, so that names are looked for in it fast. */
  stageIds(): readonly string[];
  /** The owners around a stage, innermost first. */
  ownersOf(stage: Stage): readonly Ownership[];
  /** The branches that a stage runs in only when they are taken. */
  enablersOf(stage: Stage): readonly Enabler[];
  /** The stage that an id means where `from` is written; in the map dialect the nearest one. */
  find(id: string, from: Stage): Stage | undefined;
  referencesOf(facts: StageFacts): readonly ResolvedReference[];
}

export interface Ownership {
  readonly owner: Stage;
  readonly arm: string;
}

/** A conditional or a router, and which of its arms a stage is in. */
export interface Enabler {
  readonly branching: Stage;
  readonly arm: string;
}

/** Looks at a document. Everything is found out when it is first asked for. */
export function pipelineView(
  document: PipelineDocument,
  project: Project,
  path: string | null,
  problemsOf: ProblemsOf,
): PipelineView {
  const { definitions } = project;
  const stages = document.pipeline.stages.map((stage) => stageFacts(document, stage, definitions));
  const owners = ownersByStage(document);
  let enablers: ReadonlyMap<string, readonly Enabler[]> | undefined;
  let ids: readonly string[] | undefined;
  const resolved = new Map<StageFacts, readonly ResolvedReference[]>();

  const view: PipelineView = {
    document,
    project,
    path,
    problemsOf,
    stages,
    inherits: document.pipeline.extends !== null,
    stageIds: () => (ids ??= Object.freeze(document.pipeline.stages.map(({ id }) => id))),
    ownersOf(stage) {
      const chain: Ownership[] = [];
      let next = owners.get(stage.id);
      while (next !== undefined && !chain.some(({ owner }) => owner === next?.owner)) {
        chain.push(next);
        next = owners.get(next.owner.id);
      }
      return chain;
    },
    enablersOf(stage) {
      enablers ??= enablersByStage(document);
      return enablers.get(stage.id) ?? [];
    },
    find(id, from) {
      if (document.dialect !== "L3") return stageById(document, id);
      for (let owner: string | null = from.id; owner !== null; owner = parentPath(owner)) {
        const near = stageById(document, `${owner}/${id}`);
        if (near !== undefined) return near;
      }
      return stageById(document, id);
    },
    referencesOf(facts) {
      let references = resolved.get(facts);
      if (references === undefined) {
        references = resolveReferences(view, facts);
        resolved.set(facts, references);
      }
      return references;
    },
  };
  return view;
}

/** A stage that a conditional or router enables lives where that one lives; of several places the first counts. */
function ownersByStage(document: PipelineDocument): ReadonlyMap<string, Ownership> {
  const owners = new Map<string, Ownership>();
  const enablers = new Map<string, string>();
  for (const owner of document.pipeline.stages) {
    for (const { arm, stages } of owner.arms) {
      for (const { value } of stages) {
        if (value === owner.id) continue;
        if (!isOwningArm(arm)) enablers.set(value, owner.id);
        else if (!owners.has(value)) owners.set(value, { owner, arm });
      }
    }
  }
  for (const [stage, enabler] of enablers) {
    const passed = new Set([stage]);
    let at: string | undefined = enabler;
    while (at !== undefined && !owners.has(at) && !passed.has(at)) {
      passed.add(at);
      at = enablers.get(at);
    }
    const ownership = at === undefined ? undefined : owners.get(at);
    if (ownership !== undefined && !owners.has(stage) && ownership.owner.id !== stage)
      owners.set(stage, ownership);
  }
  return owners;
}

function enablersByStage(document: PipelineDocument): ReadonlyMap<string, readonly Enabler[]> {
  const enablers = new Map<string, Enabler[]>();
  for (const branching of document.pipeline.stages) {
    if (branching.componentType !== "conditional" && branching.componentType !== "router") continue;
    for (const { arm, stages } of branching.arms) {
      for (const { value } of stages) {
        const known = enablers.get(value);
        if (known === undefined) enablers.set(value, [{ branching, arm }]);
        else known.push({ branching, arm });
      }
    }
  }
  return enablers;
}

function parentPath(path: string): string | null {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? null : path.slice(0, slash);
}
