import type { ComponentDefinition } from "#core/component-definitions";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";
import type { StageLink } from "../stage-links.ts";
import type { StageOrder } from "../stage-order.ts";
import type { Names } from "../structure.ts";

/**
 * A stage that does nothing but make an output, which nothing reads and which is not the pipeline's. Where stages may
 * be skipped, the output may come from another stage than the named one, so nothing is said there.
 */
export function* unusedOutput(
  { stage, definition }: StageFacts,
  _links: readonly StageLink[],
  { isAwaited }: StageOrder,
  { outputStage, delivered, canSkip }: Names,
): Iterable<Finding> {
  if (definition === undefined || !onlyMakesOutput(definition) || outputStage === null) return;
  if (stage.id === outputStage || canSkip || isAwaited(stage.id)) return;
  if (delivered.includes(stage.id)) return;
  yield {
    rule: "unused-output",
    message: `Nothing reads the output of "${stage.id}", and the pipeline's output is that of "${outputStage}".`,
    span: stage.idSpan,
    fix: { kind: "remove-stage" },
  };
}

function onlyMakesOutput({ category, type }: ComponentDefinition): boolean {
  return (category === "ai" || category === "data") && type !== "variable_set";
}
