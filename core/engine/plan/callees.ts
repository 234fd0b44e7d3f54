import {
  describeMissing,
  findReference,
  lineIndex,
  type PipelineCatalog,
  type PipelineDocument,
  type PipelineReference,
  type Problem,
} from "#core/pipeline";
import { calledIn } from "./called-in.ts";
import { type CompiledPipeline, compilePipeline, type PlanContext } from "./compile-pipeline.ts";
import type { PipelinePlan } from "./run-plan.ts";

/** A pipeline that can be called, or why it cannot: a message for the stage that wants to. */
export type FoundCallee =
  | { readonly ok: true; readonly plan: PipelinePlan }
  | { readonly ok: false; readonly kind: "not-found" | "unusable" | "cycle"; readonly message: string };

/** The pipelines of the project that a run may call: each is compiled when it is first asked for, and kept. */
export interface Callees {
  /**
   * The one that a stage of `caller` means, if it can be called there: it can run, and so can all that it calls by
   * name. `around` has the pipelines that are open, the run's own first and `caller` last.
   */
  find(reference: PipelineReference, around: readonly PipelinePlan[]): FoundCallee;
  /** The one in the file at `path`, which was found before. */
  at(path: string): PipelinePlan | undefined;
}

export function createCallees(context: PlanContext): Callees {
  const catalog = context.project.pipelines;
  const compiled = new Map<string, CompiledPipeline>();
  /** What is wrong below a pipeline; by path. */
  const checked = new Map<string, FoundCallee>();

  const compile = (path: string, document: PipelineDocument): CompiledPipeline => {
    let known = compiled.get(path);
    if (known === undefined) {
      known = compilePipeline(document, path, context);
      compiled.set(path, known);
    }
    return known;
  };

  const find = (reference: PipelineReference, around: readonly PipelinePlan[]): FoundCallee => {
    const from = around.at(-1)?.pipeline.path ?? null;
    const found = findReference(catalog, reference, from);
    if (found.kind !== "found")
      return { ok: false, kind: "not-found", message: describeMissing(reference, found) };
    const { path, document } = found.entry;
    const circle = around.findIndex((plan) => plan.pipeline.path === path);
    if (circle >= 0)
      return { ok: false, kind: "cycle", message: describeCycle(around.slice(circle), reference) };
    const callee = compile(path, document);
    if (!callee.ok)
      return { ok: false, kind: "unusable", message: describeBroken(path, document, callee.problems) };
    let below = checked.get(path);
    if (below === undefined) {
      below = checkBelow(callee.plan, [...around, callee.plan]);
      // A circle is one for those on it only: another pipeline may call this one.
      if (below.ok || below.kind !== "cycle") checked.set(path, below);
    }
    return below;
  };

  const checkBelow = (plan: PipelinePlan, around: readonly PipelinePlan[]): FoundCallee => {
    for (const { stage, reference } of calledIn(plan)) {
      const found = find(reference, around);
      if (found.ok) continue;
      const message = `The pipeline ${nameOf(plan)} calls another in its stage "${stage.id}". ${found.message}`;
      return { ...found, message: found.kind === "cycle" ? found.message : message };
    }
    return { ok: true, plan };
  };

  return {
    find,
    at: (path) => {
      const entry = entryAt(catalog, path);
      const callee = entry === undefined ? undefined : compile(path, entry.document);
      return callee?.ok === true ? callee.plan : undefined;
    },
  };
}

/** How a message calls a pipeline: with its file, since names may be shared. */
export function nameOf({ pipeline: { name, path } }: PipelinePlan): string {
  return path === null ? `"${name}"` : `"${name}" (${path})`;
}

function describeCycle(circle: readonly PipelinePlan[], reference: PipelineReference): string {
  const names = [...circle, ...circle.slice(0, 1)].map(({ pipeline }) => pipeline.name).join(" -> ");
  return `These pipelines call each other without end: ${names}. Remove one of the calls; the last is of "${reference.pipeline}".`;
}

function describeBroken(path: string, document: PipelineDocument, problems: readonly Problem[]): string {
  const [first] = problems;
  const line = first === undefined ? 1 : lineIndex(document.text).positionAt(first.span.start).line0 + 1;
  const more = problems.length > 1 ? ` There are ${problems.length - 1} more: run fm validate ${path}.` : "";
  return `The pipeline in ${path} cannot run, line ${line}: ${first?.message ?? "it is not usable."}${more}`;
}

function entryAt(catalog: PipelineCatalog, path: string): PipelineCatalog["entries"][number] | undefined {
  return catalog.entries.find((entry) => entry.path === path);
}
