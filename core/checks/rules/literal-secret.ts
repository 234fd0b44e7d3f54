import { type Field, fieldNamed, type JsonNode } from "#core/pipeline";
import type { Finding, PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { secretIn } from "../secret-texts.ts";
import type { StageFacts } from "../stage-facts.ts";

/** Where a stage says what its component gets; texts for people are elsewhere. */
const stageFields = ["config", "input_mapping", "inputs", "llm_settings", "env"];
const pipelineFields = ["env", "defaults", "output_config"];

/** Keys of which names and values are paths or schemas, not values. */
const describing = new Set(["mapping", "json_schema", "schema", "field_conditions", "output_mapping"]);

/** A key or password that stands in the file as it is. */
export function* literalStageSecret({ stage }: StageFacts): Iterable<Finding> {
  yield* secretsIn(stage.fields, stageFields);
}

/** The same in what the pipeline sets for all its stages. */
export function* literalPipelineSecret({ document }: PipelineView): Iterable<PlacedFinding> {
  for (const finding of secretsIn(document.pipeline.fields, pipelineFields))
    yield { ...finding, stage: null };
}

function* secretsIn(fields: readonly Field[], names: readonly string[]): Iterable<Finding> {
  for (const name of names) {
    const value = fieldNamed(fields, name)?.value;
    if (value !== undefined) yield* inValue(name, value);
  }
}

function* inValue(key: string, node: JsonNode): Iterable<Finding> {
  switch (node.kind) {
    case "string": {
      const kind = secretIn(key, node.value);
      if (kind === null) return;
      yield {
        rule: "literal-secret",
        message: `This looks like ${kind}, and everyone who has the file has it. Declare it under "secrets" and write {{ secrets.NAME }}, or {{ env.NAME }}. If it was real, replace it where it is used.`,
        span: node.span,
      };
      return;
    }
    case "array":
      for (const item of node.items) yield* inValue(key, item);
      return;
    case "object":
      for (const property of node.properties)
        if (!describing.has(property.key)) yield* inValue(property.key, property.value);
      return;
    case "number":
    case "boolean":
    case "null":
    case "error":
  }
}
