import { nearest } from "#core/expressions";
import { type Field, fieldNamed } from "#core/pipeline";
import type { Finding, PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

const retryKeys = ["max_retries", "initial_delay_ms", "max_delay_ms", "backoff_multiplier"];

/** The objects of a stage whose keys are all known, and these. */
const ofStage: ReadonlyMap<string, readonly string[]> = new Map([
  ["retry", retryKeys],
  ["retry_config", retryKeys],
  ["strategy", ["matrix", "fail_fast", "max_parallel", "fail-fast", "max-parallel"]],
  ["error_handling", ["on_error", "max_retries", "retry_delay"]],
  ["llm_settings", ["provider", "model", "temperature", "max_tokens", "top_p", "stop_sequences"]],
]);

/** The same of the pipeline. */
const ofPipeline: ReadonlyMap<string, readonly string[]> = new Map([
  ["concurrency", ["max_parallel"]],
  ["budget", ["tokens", "cost_usd", "wall_time"]],
  ["output_config", ["destinations", "fail_on_error", "allow_caller_destinations", "allow_caller_override"]],
]);

/** A key of a stage's settings that means nothing. */
export function* unknownStageSettingKey({ stage }: StageFacts): Iterable<Finding> {
  yield* unknownKeys(stage.fields, ofStage);
}

/** A key of the pipeline's settings that means nothing. */
export function* unknownPipelineSettingKey({ document }: PipelineView): Iterable<PlacedFinding> {
  for (const finding of unknownKeys(document.pipeline.fields, ofPipeline)) yield { ...finding, stage: null };
}

function* unknownKeys(
  fields: readonly Field[],
  settings: ReadonlyMap<string, readonly string[]>,
): Iterable<Finding> {
  for (const [name, known] of settings) {
    const value = fieldNamed(fields, name)?.value;
    if (value?.kind !== "object") continue;
    for (const { key, keySpan } of value.properties) {
      if (known.includes(key)) continue;
      const near = nearest(key, known);
      yield {
        rule: "unknown-setting-key",
        message: `"${name}" has no "${key}", so this does nothing.${near === undefined ? ` It has ${known.join(", ")}.` : ` Did you mean "${near}"?`}`,
        span: keySpan,
        fix: near === undefined ? { kind: "remove" } : { kind: "replace-key", key: near },
      };
    }
  }
}
