import { nearest } from "#core/expressions";
import { question, textFix } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A component type must exist; where the project has the component and cannot use it, the reason is said. */
export function* unknownComponent({ stage, definition, definitions }: StageFacts): Iterable<Finding> {
  const written = stage.writtenType;
  if (written === null || stage.componentType === null || definition !== undefined) return;
  if (stage.componentType === "abstract") return;
  const reason = definitions.get(stage.componentType)?.unusable;
  const meant = reason == null ? nearest(stage.componentType, definitions.keys()) : undefined;
  yield {
    rule: "unknown-component",
    message: `There is no component "${written.value}".${reason == null ? question(meant) : ` ${reason}`}`,
    span: written.span,
    ...textFix(meant),
  };
}
