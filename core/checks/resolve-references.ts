import type { Reference } from "#core/expressions";
import { expressionRoots, type Severity, type Span, type Stage } from "#core/pipeline";
import { localNames } from "./local-names.ts";
import type { PipelineView } from "./pipeline-view.ts";
import type { StageExpression } from "./stage-expressions.ts";
import type { StageFacts } from "./stage-facts.ts";

/** What a name in an expression stands for. */
export type ResolvedReference = {
  readonly expression: StageExpression;
  readonly reference: Reference;
} & (
  | {
      readonly kind: "stage";
      readonly stage: Stage;
      readonly path: readonly (string | number)[];
      readonly pathFrom: number;
    }
  /** Written as a stage's name, and there is none: `upstream.typo`. */
  | { readonly kind: "unknown-stage"; readonly name: string; readonly segment: number }
  | { readonly kind: "unknown-name"; readonly name: string }
  | { readonly kind: "input" }
  /** A loop variable, a root, a name of the place: nothing more is known. */
  | { readonly kind: "other" }
);

/** Resolves names in the order in which a run does: those of the place, loop variables, expressionRoots, stages. */
export function resolveReferences(view: PipelineView, facts: StageFacts): readonly ResolvedReference[] {
  const resolved: ResolvedReference[] = [];
  let local: ReadonlySet<string> | undefined;
  for (const expression of facts.expressions) {
    for (const reference of expression.references) {
      const { root, path } = reference;
      const common = { expression, reference };
      if (root === "upstream" || root === "stages") {
        const [name] = path;
        if (typeof name !== "string") resolved.push({ ...common, kind: "other" });
        else
          resolved.push(
            stageNamed(view, facts.stage, common, name, 1) ?? {
              ...common,
              kind: "unknown-stage",
              name,
              segment: 1,
            },
          );
        continue;
      }
      local ??= localNames(view, facts.stage);
      if (expression.names.includes(root) || local.has(root)) resolved.push({ ...common, kind: "other" });
      else if (root === "input") resolved.push({ ...common, kind: "input" });
      else if (expressionRoots.has(root)) resolved.push({ ...common, kind: "other" });
      else
        resolved.push(
          stageNamed(view, facts.stage, common, root, 0) ??
            (root === "loop" && view.ownersOf(facts.stage).some(({ arm }) => arm === "loop")
              ? { ...common, kind: "other" }
              : { ...common, kind: "unknown-name", name: root }),
        );
    }
  }
  return resolved;
}

/** Where segment `index` of the reference is written (0 is its root), relative to the stage's unit. */
export function referenceSpan({ expression, reference }: ResolvedReference, index: number): Span {
  const { rootRange, pathRanges } = reference;
  return expression.spanOf((index === 0 ? undefined : pathRanges[index - 1]) ?? rootRange);
}

/** What is guarded does not fail the stage, but a name that can never stand for anything is no use. */
export function severityOfUnknown({ reference }: ResolvedReference): Severity {
  return reference.guarded ? "warning" : "error";
}

function stageNamed(
  view: PipelineView,
  from: Stage,
  common: { readonly expression: StageExpression; readonly reference: Reference },
  name: string,
  segment: number,
): ResolvedReference | undefined {
  const stage = view.find(name, from);
  if (stage === undefined) return undefined;
  return {
    ...common,
    kind: "stage",
    stage,
    path: common.reference.path.slice(segment),
    pathFrom: segment + 1,
  };
}
