import { fieldNamed, type PipelineDocument, type Stage } from "#core/pipeline";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** A file in a dialect whose spelling canonical form has another for; told once, at the first place that shows it. */
export function* olderSpelling({ document }: PipelineView): Iterable<PlacedFinding> {
  const { dialect, tree } = document;
  if (dialect === "L3" && tree.container !== null) {
    yield found("Stages as an object are", tree.container.property.keySpan, null);
    return;
  }
  // The others show it at a stage, which is looked for only where there is one.
  if (dialect !== "L2" && dialect !== "L4") return;
  const stage = tree.units.find(({ traits }) => traits.initStyle || traits.typeKey)?.stages[0];
  if (stage === undefined) return;
  const field = fieldNamed(stage.fields, "component", "type");
  if (field === undefined) yield found("Stages read by their bare ids are", stage.idSpan, stage);
  else yield found(`"${field.key}" is`, field.keySpan, stage);
}

/** Whether canonical form spells the file otherwise, as far as its dialect shows it. Costs next to nothing. */
export function usesOlderSpelling({ dialect, tree }: PipelineDocument): boolean {
  return dialect === "L3" || tree.units.some(({ traits }) => traits.initStyle || traits.typeKey);
}

function found(what: string, span: PlacedFinding["span"], stage: Stage | null): PlacedFinding {
  return {
    rule: "older-spelling",
    message: `${what} an older way of writing a pipeline, and runs as well. "Convert to canonical form", or fm fmt --canonical, rewrites the file.`,
    span,
    stage,
  };
}
