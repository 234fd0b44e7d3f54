import { ARM_KEYS } from "#core/pipeline";
import type { Topic } from "./change.ts";

/** What a field of a stage, or of the pipeline, is about. */
export function topicOf(stage: string | null, path: readonly string[]): Topic {
  const [top = "", inner = ""] = path;
  if (stage === null) return ofPipeline.get(top) ?? "other";
  const own = ofStage.get(top);
  if (own !== undefined) return own;
  if (ARM_KEYS.has(top)) return "branches";
  if (!INPUTS.has(top)) return "other";
  if (ARM_KEYS.has(inner)) return "branches";
  if (prompts.has(inner)) return "prompt";
  return inner.endsWith("schema") ? "schema" : "config";
}

const INPUTS = new Set(["config", "input_mapping", "inputs"]);

const prompts = new Set(["prompt", "system_prompt", "user_prompt", "instructions", "criteria", "template"]);

const ofStage: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ["component_type", "component"],
  ["component", "component"],
  ["type", "component"],
  ["uses", "component"],
  ["depends_on", "edges"],
  ["when", "edges"],
  ["skip_if", "edges"],
  ["trigger_rule", "edges"],
  ["position", "layout"],
  ["name", "about"],
  ["description", "about"],
  ["timeout", "policy"],
  ["timeout_ms", "policy"],
  ["retry", "policy"],
  ["retry_config", "policy"],
  ["error_handling", "policy"],
  ["on_error", "policy"],
  ["enabled", "policy"],
  ["cache", "policy"],
  ["idempotent", "policy"],
]);

const ofPipeline: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ["layout", "layout"],
  ["input_schema", "schema"],
  ["output_schema", "schema"],
  ["extends", "inheritance"],
  ["abstract", "inheritance"],
  ["overrides", "inheritance"],
  ["compositions", "inheritance"],
  ["output_stage_id", "edges"],
  ["output_stage", "edges"],
  ["name", "about"],
  ["version", "about"],
  ["description", "about"],
  ["category", "about"],
  ["tags", "about"],
  ["metadata", "about"],
  ["concurrency", "policy"],
  ["timeout", "policy"],
  ["defaults", "policy"],
]);
