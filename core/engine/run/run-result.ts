import { misfits } from "#core/components";
import type { RunStatus } from "#core/journal";
import { isJsonObject, nodeToJson } from "#core/pipeline";
import type { Json } from "#core/ports";
import type { PipelinePlan } from "../plan/run-plan.ts";
import type { Ending } from "../schedule/state.ts";
import type { RunResult } from "./run.ts";
import type { RunFrame } from "./run-frame.ts";
import { runOutput } from "./run-output.ts";
import type { ReturnDirective } from "./session.ts";

/** How a pipeline went whose last stage has ended: `ending` says why it ended early, when it did. */
export function resultOf(root: RunFrame, ending: Ending | null): RunResult {
  const { plan, returned } = root.pipeline;
  switch (ending?.kind) {
    case "failed":
      return { status: "failed", output: undefined, failure: ending.failure };
    case "cancelled":
      return { status: "cancelled", output: undefined, failure: null };
    case "returned":
      return returned === null ? fitting(plan, null) : returnedResult(plan, returned);
    case undefined: {
      const given = runOutput(plan, root);
      if (given.ok) return fitting(plan, given.output);
      const failure = { type: "EXECUTION", message: given.message, recoverable: false, stage: null } as const;
      return { status: "failed", output: undefined, failure };
    }
  }
}

function returnedResult(plan: PipelinePlan, { status, value, message }: ReturnDirective): RunResult {
  switch (status) {
    case "completed":
      return fitting(plan, value);
    case "cancelled":
      return finished("cancelled", value);
    case "failed": {
      const text = message ?? "The pipeline returned with status failed.";
      return {
        status,
        output: value,
        failure: { type: "CONTROL_FLOW", message: text, recoverable: false, stage: null },
      };
    }
  }
}

function finished(status: RunStatus, output: Json): RunResult {
  return { status, output, failure: null };
}

/** A pipeline that gives something else than its `output_schema` promises has failed, whatever its stages did. */
function fitting({ outputSchema }: PipelinePlan, output: Json): RunResult {
  if (outputSchema === null) return finished("succeeded", output);
  const schema = nodeToJson(outputSchema);
  const lines = isJsonObject(schema) || typeof schema === "boolean" ? misfits(schema, output) : null;
  if (lines === null) return finished("succeeded", output);
  const message = `The output does not fit the pipeline's output_schema: ${lines.join("; ")}. Correct the schema, or what the pipeline gives.`;
  const failure = {
    type: "VALIDATION",
    message,
    recoverable: false,
    field: "output_schema",
    stage: null,
  } as const;
  return { status: "failed", output: undefined, failure };
}
