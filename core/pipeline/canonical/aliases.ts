/** Other names of the pipeline's fields -> those of canonical form. */
export const pipelineAliases: ReadonlyMap<string, string> = new Map([
  ["output_stage", "output_stage_id"],
  ["example_input", "sample_input"],
]);

/** Other names of a stage's fields -> those of canonical form (facts, section 1.2; design, "The pipeline file"). */
export const stageAliases: ReadonlyMap<string, string> = new Map([
  ["component", "component_type"],
  ["type", "component_type"],
  ["uses", "component_type"],
  ["inputs", "input_mapping"],
  ["timeout_ms", "timeout"],
  ["retry_config", "retry"],
  ["approve", "approval"],
]);
