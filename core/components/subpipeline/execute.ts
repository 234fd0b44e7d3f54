import { failed, implement } from "../implementation.ts";
import { subpipeline } from "./definition.ts";

/** Says which pipeline is called and how; the engine runs it and fills in how it went. */
export const subpipelineImplementation = implement(subpipeline, ({ inputs, attempt }) => {
  if (!inputs.wait_for_completion) {
    const message =
      "A pipeline that nobody waits for could fail without anyone knowing, so this is not carried out. Remove wait_for_completion, and depend on the stage only where its result is needed.";
    return failed("VALIDATION", message, "wait_for_completion");
  }
  return {
    ok: true,
    output: {
      pipeline_id: inputs.pipeline_id,
      run_id: attempt.runId,
      status: "completed",
      result: null,
      execution_time_ms: 0,
      error: null,
    },
    directive: {
      kind: "call",
      pipeline: inputs.pipeline_id,
      version: inputs.pipeline_version ?? null,
      input: inputs.input_data,
      timeoutMs: inputs.timeout_ms,
      sharesVariables: inputs.inherit_context && !inputs.isolated,
      onError: inputs.on_error,
      fallback: inputs.default_result ?? null,
    },
  };
});
