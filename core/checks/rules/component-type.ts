import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A component type must exist, and run in this version. `abstract` is a place for a child pipeline to fill: only an abstract pipeline has one. */
export function* componentType({ stage, definition, definitions }: StageFacts): Iterable<Finding> {
  const written = stage.writtenType;
  if (written === null || stage.componentType === null) return;
  if (stage.componentType === "abstract") {
    yield {
      code: "abstract-stage",
      severity: "error",
      message: `The stage "${stage.id}" is left open for another pipeline to fill. Give it a component, or mark the pipeline with "abstract": true.`,
      span: written.span,
    };
  } else if (definition === undefined) {
    yield {
      code: "unknown-component",
      severity: "error",
      message: `There is no component "${written.value}".${didYouMean(stage.componentType, [...definitions.keys()])}`,
      span: written.span,
    };
  } else if (definition.availability === "planned") {
    yield {
      code: "component-not-available",
      severity: "warning",
      message: `${definition.title} is read and shown, but does not run in this version: a run of this pipeline will not start.`,
      span: written.span,
    };
  }
}
