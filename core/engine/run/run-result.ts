import type { RunStatus } from "#core/journal";
import type { Json } from "#core/ports";
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
      return returned === null ? finished("succeeded", null) : returnedResult(returned);
    case undefined: {
      const given = runOutput(plan, root);
      if (given.ok) return finished("succeeded", given.output);
      const failure = { type: "EXECUTION", message: given.message, recoverable: false, stage: null } as const;
      return { status: "failed", output: undefined, failure };
    }
  }
}

function returnedResult({ status, value, message }: ReturnDirective): RunResult {
  switch (status) {
    case "completed":
      return finished("succeeded", value);
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
