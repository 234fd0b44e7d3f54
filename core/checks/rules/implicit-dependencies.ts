import type { Stage } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";
import { linksOf, within } from "../stage-links.ts";
import type { Structure } from "../structure.ts";

/** An expression that names a stage makes its stage wait for that one. It does so silently unless it is written down. */
export function* implicitDependencies(
  facts: StageFacts,
  view: PipelineView,
  { declares }: Structure,
): Iterable<Finding> {
  const told = new Set<Stage>();
  for (const { waiting, awaited, kind, span } of linksOf(view, facts)) {
    if (kind !== "implicit" || told.has(awaited)) continue;
    told.add(awaited);
    if (within(view, waiting, awaited) || within(view, awaited, waiting)) continue;
    const ends = [
      awaited,
      ...view
        .ownersOf(awaited)
        .map(({ owner }) => owner)
        .filter((owner) => !within(view, waiting, owner)),
    ];
    if (ends.some(({ id }) => declares(waiting.id, id))) continue;
    yield {
      code: "implicit-dependency",
      severity: "information",
      message: `"${waiting.id}" waits for "${awaited.id}" because it reads its output. Add "${awaited.id}" to depends_on to show it.`,
      span: span(),
      related: [{ message: "The stage it waits for", stage: awaited.id, span: null }],
    };
  }
}
