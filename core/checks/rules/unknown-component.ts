import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A component type must exist. */
export function* unknownComponent({ stage, definition, definitions }: StageFacts): Iterable<Finding> {
  const written = stage.writtenType;
  if (written === null || stage.componentType === null || definition !== undefined) return;
  if (stage.componentType === "abstract") return;
  yield {
    rule: "unknown-component",
    message: `There is no component "${written.value}".${didYouMean(stage.componentType, [...definitions.keys()])}`,
    span: written.span,
  };
}
