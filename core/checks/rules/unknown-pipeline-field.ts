import type { PlacedFinding } from "../finding.ts";
import { misspelt } from "../misspelt.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { suppressionKey } from "../suppressions.ts";

/** Fields that a pipeline may have (facts, section 1.1; design, "The pipeline file"). */
const known = [
  "$schema",
  "id",
  "name",
  "version",
  "description",
  "stages",
  "input_schema",
  "output_schema",
  "output_stage_id",
  "output_stage",
  "sample_input",
  "example_input",
  "extends",
  "abstract",
  "overrides",
  "compositions",
  "category",
  "tags",
  "concurrency",
  "timeout",
  "budget",
  "env",
  "secrets",
  "defaults",
  "layout",
  "metadata",
  "output_config",
  "triggers",
  "federation",
  "difficulty",
  "use_cases",
  suppressionKey,
];

/** Unknown fields are kept and mean nothing; one that is nearly a known field is a slip of the keyboard. */
export function* unknownPipelineField({ document: { pipeline } }: PipelineView): Iterable<PlacedFinding> {
  for (const { key, keySpan } of pipeline.fields) {
    if (known.includes(key)) continue;
    const near = misspelt(key, known);
    if (near === undefined) continue;
    yield {
      stage: null,
      rule: "unknown-pipeline-field",
      message: `A pipeline has no field "${key}", so this does nothing. Did you mean "${near}"?`,
      span: keySpan,
      fix: { kind: "replace-key", key: near },
    };
  }
}
