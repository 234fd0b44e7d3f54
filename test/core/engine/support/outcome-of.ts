import type { AttemptEvent, Json, JsonObject, StageAttempt } from "#core/ports";

/** How an attempt of the tests' components ends; decided from its inputs alone. */
export function outcomeOf(attempt: StageAttempt): AttemptEvent {
  const { inputs } = attempt;
  switch (attempt.component.type) {
    case "control":
      // The tests write directives in full.
      return { kind: "succeeded", output: inputs["output"] ?? null, directive: inputs["directive"] as never };
    case "strict":
      return { kind: "succeeded", output: inputs };
    case "foreach": {
      const items = inputs["items"] as readonly Json[];
      return {
        kind: "succeeded",
        output: { total_items: items.length, skipped_items: 0, results: [] },
        directive: {
          kind: "iterate",
          items,
          indexes: items.map((_, index) => index),
          itemVariable: asText(inputs["item_variable"]),
          indexVariable: asText(inputs["index_variable"]),
          parallel: Number(inputs["parallel"]),
          breakOnError: inputs["break_on_error"] === true,
          collect: true,
        },
      };
    }
    case "conditional": {
      const taken = asText(inputs["taken"]);
      return {
        kind: "succeeded",
        output: { branch_taken: taken, condition_result: taken === "true" },
        directive: { kind: "branch", taken, enable: [], skip: [] },
      };
    }
    case "trycatch":
      return {
        kind: "succeeded",
        output: {},
        directive: {
          kind: "try",
          catchTypes: inputs["types"] as readonly string[],
          swallow: inputs["swallow"] === true,
          retries: Number(inputs["retries"]),
          retryDelayMs: Number(inputs["retry_delay_ms"]),
        },
      };
    case "subpipeline":
      return {
        kind: "succeeded",
        output: { pipeline_id: inputs["pipeline_id"] ?? null, run_id: attempt.runId },
        directive: {
          kind: "call",
          pipeline: asText(inputs["pipeline_id"]),
          version: typeof inputs["pipeline_version"] === "string" ? inputs["pipeline_version"] : null,
          input: inputs["input_data"] as JsonObject,
          timeoutMs: Number(inputs["timeout_ms"]),
          sharesVariables: inputs["inherit_context"] === true && inputs["isolated"] === false,
          onError: inputs["on_error"] as "propagate",
          fallback: inputs["default_result"] ?? null,
        },
      };
    case "return":
      return {
        kind: "succeeded",
        output: {},
        directive: {
          kind: "return",
          value: inputs["value"] ?? null,
          status: inputs["status"] as "completed",
          message: null,
        },
      };
    case "variable_set":
      return {
        kind: "succeeded",
        output: {},
        directive: {
          kind: "set-variables",
          variables: [{ name: asText(inputs["name"]), value: inputs["value"] ?? null }],
          overwrite: inputs["overwrite"] === true,
        },
      };
    default: {
      const fail = inputs["fail"];
      if (typeof fail === "string") {
        return {
          kind: "failed",
          failure: {
            type: fail as "EXECUTION",
            message: `failed as told`,
            recoverable: inputs["recoverable"] === true,
          },
        };
      }
      return { kind: "succeeded", output: inputs["value"] ?? { id: attempt.address.stage } };
    }
  }
}

function asText(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
