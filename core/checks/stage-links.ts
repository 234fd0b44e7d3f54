import type { Span, Stage } from "#core/pipeline";
import type { PipelineView } from "./pipeline-view.ts";
import { referenceSpan } from "./resolve-references.ts";
import type { StageFacts } from "./stage-facts.ts";

/**
 * That a stage cannot start before another has ended, and what says so. Stages are named by id, since a link is kept
 * for longer than the objects of other stages live.
 */
export interface StageLink {
  readonly kind: "declared" | "implicit" | "branch";
  readonly waiting: string;
  readonly awaited: string;
  /** What is awaited with it: to wait for a stage in a body, from outside, is to wait for its owner. */
  readonly owners: readonly string[];
  /**
   * The two stages side by side whose order it settles, since an owner has not ended before what its body waits for.
   * Null between a stage and one inside it.
   */
  readonly sides: { readonly waiting: string; readonly awaited: string } | null;
  /** Where it is written, relative to the unit of the stage that it was found in. */
  readonly span: Span;
}

/** What a stage waits for by its own text, and which stages it enables. Its body is no link: it runs inside it. */
export function linksOf(view: PipelineView, facts: StageFacts): readonly StageLink[] {
  const { stage } = facts;
  const links: StageLink[] = [];
  for (const { value, span } of stage.dependsOn) {
    const awaited = view.find(value, stage);
    if (awaited !== undefined && awaited !== stage) links.push(link(view, "declared", stage, awaited, span));
  }
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "stage" || resolved.stage === stage) continue;
    // Names added to the output are evaluated when the stage and its body have ended.
    if (resolved.expression.place === "output" && isWithin(view, resolved.stage, stage)) continue;
    const span = referenceSpan(resolved, resolved.pathFrom - 1);
    links.push(link(view, "implicit", stage, resolved.stage, span));
  }
  if (stage.componentType !== "conditional" && stage.componentType !== "router") return links;
  for (const { stages } of stage.arms) {
    for (const { value, span } of stages) {
      const waiting = view.find(value, stage);
      if (waiting !== undefined && waiting !== stage) links.push(link(view, "branch", waiting, stage, span));
    }
  }
  return links;
}

/** Whether a stage is another, or in its body. */
export function isWithin(view: PipelineView, stage: Stage, other: Stage): boolean {
  return stage === other || view.ownersOf(stage).some(({ owner }) => owner === other);
}

function link(
  view: PipelineView,
  kind: StageLink["kind"],
  waiting: Stage,
  awaited: Stage,
  span: Span,
): StageLink {
  const owners = view.ownersOf(awaited).filter(({ owner }) => !isWithin(view, waiting, owner));
  return {
    kind,
    waiting: waiting.id,
    awaited: awaited.id,
    owners: owners.map(({ owner }) => owner.id),
    sides: sideBySide(view, waiting, awaited),
    span,
  };
}

/** A stage that waits for its own body waits for itself; one that waits for its owner waits for nothing. */
function sideBySide(view: PipelineView, waiting: Stage, awaited: Stage): StageLink["sides"] {
  const from = pathTo(view, waiting);
  const to = pathTo(view, awaited);
  let depth = 0;
  while (depth < from.length && depth < to.length && from[depth] === to[depth]) depth++;
  const [a, b] = [from[depth], to[depth]];
  if (a === undefined) return { waiting: waiting.id, awaited: waiting.id };
  return b === undefined ? null : { waiting: a.id, awaited: b.id };
}

/** The owners of a stage from the outermost, then the stage. */
function pathTo(view: PipelineView, stage: Stage): readonly Stage[] {
  const owners = view.ownersOf(stage);
  return owners.length === 0 ? [stage] : [...owners.map(({ owner }) => owner).reverse(), stage];
}
