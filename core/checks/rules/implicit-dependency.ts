import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";
import type { StageLink } from "../stage-links.ts";
import type { StageOrder } from "../stage-order.ts";

/** An expression that names a stage makes its stage wait for that one. It does so silently unless it is written down. */
export function* implicitDependency(
  { stage }: StageFacts,
  links: readonly StageLink[],
  { declares }: StageOrder,
): Iterable<Finding> {
  const implicit = new Set(links.filter(({ kind }) => kind === "implicit").map((link) => link.awaited));
  const told = new Set(links.filter(({ kind }) => kind === "declared").map(({ awaited }) => awaited));
  for (const { kind, awaited, owners, sides, span } of links) {
    if (kind !== "implicit" || told.has(awaited)) continue;
    told.add(awaited);
    // What is around the stage or inside it is not waited for; waiting for itself is a cycle.
    if (sides === null || sides.waiting === sides.awaited) continue;
    if ([awaited, ...owners].some((each) => declares(stage.id, each))) continue;
    yield {
      rule: "implicit-dependency",
      message: `"${stage.id}" waits for "${awaited}" because it reads its output. Add "${awaited}" to depends_on to show it.`,
      span,
      fix: {
        kind: "add-dependency",
        stage: awaited,
        // Only what depends_on names counts for the trigger rule, where it names anything.
        changesRun: stage.dependsOn.length > 0 || implicit.size > 1,
      },
      related: [{ message: "The stage it waits for", stage: awaited, span: null }],
    };
  }
}
