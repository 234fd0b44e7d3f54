import type { Span, Stage } from "#core/pipeline";
import type { PipelineView } from "./pipeline-view.ts";
import { referenceSpan } from "./resolve-references.ts";
import type { StageFacts } from "./stage-facts.ts";

/** That a stage cannot start before another has ended, and what says so. */
export interface StageLink {
  readonly waiting: Stage;
  readonly awaited: Stage;
  readonly kind: "declared" | "implicit" | "branch";
  /** Where it is written, in the stage `in`. */
  readonly in: Stage;
  readonly span: () => Span;
}

/** What a stage waits for by its own text, and which stages it enables. Its body is no link: it runs inside it. */
export function* linksOf(view: PipelineView, facts: StageFacts): Iterable<StageLink> {
  const { stage } = facts;
  for (const { value, span } of stage.dependsOn) {
    const awaited = view.find(value, stage);
    if (awaited !== undefined && awaited !== stage)
      yield { waiting: stage, awaited, kind: "declared", in: stage, span: () => span };
  }
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "stage") continue;
    // Names added to the output are evaluated when the stage and its body have ended.
    if (resolved.expression.place === "output" && within(view, resolved.stage, stage)) continue;
    const span = (): Span => referenceSpan(resolved, resolved.pathFrom - 1);
    yield { waiting: stage, awaited: resolved.stage, kind: "implicit", in: stage, span };
  }
  if (stage.componentType !== "conditional" && stage.componentType !== "router") return;
  for (const { stages } of stage.arms) {
    for (const { value, span } of stages) {
      const waiting = view.find(value, stage);
      if (waiting !== undefined && waiting !== stage)
        yield { waiting, awaited: stage, kind: "branch", in: stage, span: () => span };
    }
  }
}

/** Whether a stage is another, or in its body. */
export function within(view: PipelineView, stage: Stage, other: Stage): boolean {
  return stage === other || view.ownersOf(stage).some(({ owner }) => owner === other);
}

/**
 * The two stages side by side whose order a link settles: a stage outside a body that waits for one inside waits for
 * its owner, and an owner has not ended before what its body waits for. Undefined for what is inside the awaited
 * stage; a stage that waits for its own body waits for itself.
 */
export function sideBySide(
  view: PipelineView,
  link: StageLink,
): { readonly waiting: Stage; readonly awaited: Stage } | undefined {
  const waiting = pathTo(view, link.waiting);
  const awaited = pathTo(view, link.awaited);
  let depth = 0;
  while (depth < waiting.length && depth < awaited.length && waiting[depth] === awaited[depth]) depth++;
  const a = waiting[depth];
  const b = awaited[depth];
  if (b === undefined) return link.waiting === link.awaited ? link : undefined;
  return { waiting: a ?? link.waiting, awaited: a === undefined ? link.waiting : b };
}

/** The owners of a stage from the outermost, then the stage. */
function pathTo(view: PipelineView, stage: Stage): readonly Stage[] {
  const owners = view.ownersOf(stage);
  return owners.length === 0 ? [stage] : [...owners.map(({ owner }) => owner).reverse(), stage];
}
