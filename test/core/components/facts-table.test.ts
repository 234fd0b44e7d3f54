import { expect, test } from "vitest";
import { componentDefinitions, inputSchemaOf } from "#core/component-definitions";

/** Marks an input that has to be given. */
const required = Symbol("required");

/** Marks an input that may be left out, and then counts for nothing. */
const optional = Symbol("optional");

interface Component {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly string[];
  /** Seconds for one attempt. */
  readonly timeout: number;
}

/** Section 3 of the facts: each input with its default. */
const table: Readonly<Record<string, Component>> = {
  generator: {
    inputs: {
      ...{ prompt: required, system_prompt: optional, max_tokens: 4096, temperature: 0.7 },
      ...{ stop_sequences: optional, output_format: optional },
    },
    outputs: ["content", "tokens_used", "finish_reason", "model"],
    timeout: 120,
  },
  critic: {
    inputs: { content: required, criteria: optional, context: optional, rubric: {}, strict_mode: false },
    outputs: [
      ...["overall_rating", "score", "feedback", "strengths", "improvements", "criterion_scores"],
      "passes_threshold",
    ],
    timeout: 60,
  },
  improver: {
    inputs: {
      ...{ content: required, feedback: required, improvements: [], preserve_aspects: [] },
      ...{ improvement_focus: optional, max_iterations: 1 },
    },
    outputs: ["improved_content", "changes_made", "preserved_aspects", "improvement_summary"],
    timeout: 120,
  },
  selector: {
    inputs: {
      ...{ candidates: required, criteria: [], context: optional, selection_mode: "best", top_n: 1 },
      explain_choice: true,
    },
    outputs: ["selected", "selected_index", "explanation", "rankings", "confidence"],
    timeout: 60,
  },
  synthesizer: {
    inputs: {
      ...{ inputs: required, synthesis_strategy: "integrate", context: optional, output_format: optional },
      ...{ preserve_sources: false, max_length: optional },
    },
    outputs: ["synthesized", "sources_used", "strategy_applied", "key_themes"],
    timeout: 120,
  },
  http_request: {
    inputs: {
      ...{ url: required, method: "GET", headers: {}, body: optional, params: {}, timeout: 30 },
      ...{ follow_redirects: true, verify_ssl: true },
    },
    outputs: ["status_code", "headers", "body", "elapsed_ms", "success", "url"],
    timeout: 60,
  },
  json_transform: {
    inputs: {
      ...{ data: required, mapping: optional, jmespath_expression: optional, defaults: {}, flatten: false },
      ...{ exclude_fields: [], parse_json_strings: true },
    },
    outputs: ["result", "fields_mapped", "fields_missing"],
    timeout: 10,
  },
  filter: {
    inputs: {
      ...{ data: required, condition: optional, field_conditions: optional, pass_if_missing: false },
      ...{ filter_mode: "pass_fail", invert: false },
    },
    outputs: ["passed", "data", "filtered_count", "reason"],
    timeout: 5,
  },
  loop: {
    inputs: {
      ...{ items: required, batch_size: 1, max_iterations: optional, start_index: 0 },
      include_metadata: true,
    },
    outputs: ["batches", "total_items", "total_batches", "has_more", "metadata"],
    timeout: 10,
  },
  variable_set: {
    inputs: { name: required, value: required, scope: "pipeline", overwrite: true, extract_path: optional },
    outputs: ["name", "value", "previous_value", "was_set"],
    timeout: 5,
  },
  logger: {
    inputs: {
      ...{ message: required, level: "info", data: optional, tags: {}, emit_to_trace: true },
      passthrough: optional,
    },
    outputs: ["logged", "log_id", "passthrough"],
    timeout: 5,
  },
  schema_validate: {
    inputs: {
      ...{ data: required, json_schema: required, strict: true, coerce_types: false },
      collect_all_errors: true,
    },
    outputs: ["valid", "data", "errors", "error_count"],
    timeout: 10,
  },
  output_router: {
    inputs: {
      ...{ data: required, destinations: required, is_error: false, error_message: optional, metadata: {} },
      ...{ parallel: true, fail_on_error: false },
    },
    outputs: [
      ...["total_destinations", "successful_deliveries", "failed_deliveries", "skipped_deliveries"],
      ...["results", "all_succeeded"],
    ],
    timeout: 120,
  },
  error_router: {
    inputs: {
      ...{ error_type: required, error_message: required, stage_id: optional, pipeline_id: optional },
      ...{ run_id: optional, destinations: required, include_stack_trace: false, severity: "error" },
    },
    outputs: ["notifications_sent", "failed_notifications", "results"],
    timeout: 60,
  },
  conditional: {
    inputs: {
      ...{ condition: required, condition_expression: optional, true_branch_stages: [] },
      ...{ false_branch_stages: [], pass_data: optional },
    },
    outputs: ["branch_taken", "condition_value", "condition_result", "data"],
    timeout: 5,
  },
  router: {
    inputs: {
      ...{ value: required, routes: required, default_route: [], value_expression: optional },
      ...{ case_insensitive: false, pass_data: optional },
    },
    outputs: [
      ...["route_taken", "original_value", "matched_value", "stages_to_execute", "stages_to_skip"],
      "data",
    ],
    timeout: 5,
  },
  foreach: {
    inputs: {
      ...{ items: required, loop_stages: [], item_variable: "item", index_variable: "index" },
      ...{ collect_results: true, parallel: false, max_parallel: 5, break_on_error: true },
      filter_expression: optional,
    },
    outputs: [
      ...["total_items", "processed_items", "skipped_items", "current_item", "current_index"],
      ...["items_to_process", "results", "is_complete"],
    ],
    timeout: 300,
  },
  trycatch: {
    inputs: {
      ...{ try_stages: required, catch_stages: [], finally_stages: [], error_scope: "propagate" },
      ...{ catch_error_types: [], max_retries: 0, retry_delay_ms: 1000, pass_data: optional },
    },
    outputs: [
      ...["status", "error_occurred", "error_message", "error_type", "recovered", "try_result"],
      ...["catch_result", "data"],
    ],
    timeout: 120,
  },
  subpipeline: {
    inputs: {
      ...{ pipeline_id: required, pipeline_version: optional, input_data: {}, timeout_ms: 60_000 },
      ...{ async_execution: false, wait_for_completion: true, inherit_context: true, isolated: false },
      ...{ on_error: "propagate", default_result: optional },
    },
    outputs: ["pipeline_id", "run_id", "status", "result", "execution_time_ms", "error"],
    timeout: 120,
  },
  return: {
    inputs: {
      ...{ condition: true, condition_expression: optional, return_value: optional, message: optional },
      status: "completed",
    },
    outputs: ["should_return", "return_value", "message", "status", "remaining_stages"],
    timeout: 5,
  },
};

/** Where ours differs on purpose. */
const ours: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // What is not given is not sent: some models refuse what others need.
  generator: { max_tokens: optional, temperature: optional },
  // The init dialect has improvers without.
  improver: { feedback: optional },
  // A template does without data.
  json_transform: { data: optional },
  // `variables` sets several.
  variable_set: { name: optional, value: optional },
  // The map dialect nests the stages instead.
  trycatch: { try_stages: [] },
};

/** Limits that we have no use for: `timeout` of a request goes to 300 s, and what decides or owns other stages does not wait. */
const unlimited = ["http_request", "conditional", "router", "foreach", "trycatch", "subpipeline", "return"];

test.each(Object.entries(table))(
  "%s has the inputs, defaults, outputs and limit of the facts",
  (type, facts) => {
    const definition = componentDefinitions.get(type);
    if (definition === undefined) throw new Error(`There is no ${type}.`);
    const { properties, required: needed } = inputSchemaOf(definition);
    const inputs = Object.keys(facts.inputs).map((field) => {
      const schema: object | undefined = properties[field];
      if (schema === undefined) return [field, "is missing"] as const;
      const otherwise = "default" in schema ? schema.default : optional;
      return [field, needed.includes(field) ? required : otherwise] as const;
    });
    expect(Object.fromEntries(inputs)).toEqual({ ...facts.inputs, ...ours[type] });
    expect(Object.keys(definition.output.shape)).toEqual(expect.arrayContaining([...facts.outputs]));
    expect(definition.timeoutMs).toBe(unlimited.includes(type) ? null : facts.timeout * 1000);
  },
);

test.each([
  ["http_request", "method", ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]],
  ["selector", "selection_mode", ["best", "top_n", "rank_all"]],
  ["synthesizer", "synthesis_strategy", ["integrate", "summarize", "compare", "consensus", "best_of"]],
  ["filter", "filter_mode", ["pass_fail", "filter_array"]],
  ["variable_set", "scope", ["pipeline", "step", "global"]],
  ["logger", "level", ["debug", "info", "warning", "error"]],
  ["error_router", "severity", ["critical", "error", "warning", "info"]],
  ["trycatch", "error_scope", ["propagate", "continue"]],
  ["subpipeline", "on_error", ["propagate", "ignore", "default"]],
  ["return", "status", ["completed", "cancelled", "failed"]],
])("%s.%s is one of %j", (type, field, members) => {
  expect(schemaOf(type, field)).toMatchObject({ enum: members });
});

test.each([
  ["generator", "max_tokens", 1, 128_000],
  ["generator", "temperature", 0, 2],
  ["improver", "max_iterations", 1, 5],
  ["selector", "top_n", 1, 10],
  ["synthesizer", "max_length", 10, 10_000],
  ["loop", "batch_size", 1, 1000],
])("%s.%s goes from %i to %i", (type, field, minimum, maximum) => {
  expect(schemaOf(type, field)).toMatchObject({ minimum, maximum });
});

test.each([
  ["selector", "candidates"],
  ["synthesizer", "inputs"],
])("%s needs two %s", (type, field) => {
  expect(schemaOf(type, field)).toMatchObject({ minItems: 2 });
});

/** Section 1.2 of the facts. */
test.each([
  ["json_transform", "expression", "jmespath_expression"],
  ["schema_validate", "schema", "json_schema"],
  ["http_request", "query_params", "params"],
  ["selector", "options", "candidates"],
  ["selector", "selection_criteria", "criteria"],
  ["synthesizer", "sources", "inputs"],
  ["improver", "instructions", "improvement_focus"],
  ["conditional", "true_stages", "true_branch_stages"],
  ["conditional", "false_stages", "false_branch_stages"],
  ["router", "routing_value", "value"],
  ["router", "branches", "routes"],
  ["router", "default_branch", "default_route"],
  ["foreach", "execution_mode", "parallel"],
  ["generator", "user_prompt", "prompt"],
])("%s reads %s as %s", (type, written, field) => {
  expect(componentDefinitions.get(type)?.inputAliases[written]).toBe(field);
});

test.each([
  ["improver", "content", ["improved_content"]],
  ["improver", "improved", ["improved_content"]],
  ["generator", "result", ["content"]],
  ["http_request", "result", ["body"]],
  ["critic", "content", ["feedback"]],
  ["json_transform", "result", []],
])("the output of %s is read as .%s too", (type, name, path) => {
  expect(componentDefinitions.get(type)?.outputAliases[name]).toEqual(path);
});

function schemaOf(type: string, field: string): object | undefined {
  const definition = componentDefinitions.get(type);
  return definition && inputSchemaOf(definition).properties[field];
}
