import type { ModelRequest, ModelResult } from "#core/ports";
import { hearAnswer } from "./hear-answer.ts";
import { type Call, failed } from "./implementation.ts";

/**
 * Asks the attempt's model: settings of the request win over those of the stage. The call, each piece of the answer
 * and what it used are told as events.
 */
export async function askModel(
  call: Call<unknown>,
  parts: Omit<ModelRequest, "provider" | "model">,
  signal: AbortSignal,
): Promise<ModelResult> {
  const choice = call.attempt.model;
  if (choice === null) {
    return failed(
      "VALIDATION",
      `Stage "${call.attempt.address.stage}" needs a model, and no provider is chosen. Give "provider" in its config, "defaults" in the pipeline, "providers" in flowmason.json, or --provider.`,
      "provider",
    );
  }
  const request: ModelRequest = { ...choice, ...parts };
  await call.steps?.at({ kind: "rendered", request });
  if (signal.aborted) return failed("CANCELLED", "The stage was cancelled.");
  call.emit({ kind: "model-called", request });
  // Who hears of the call may stop the run for it, which the engine does once it has its turn: then it is not made.
  await Promise.resolve();
  if (signal.aborted) return failed("CANCELLED", "The stage was cancelled.");
  const result = await hearAnswer(call, request, signal);
  if (result.usage !== undefined) {
    const finish = result.ok ? { finishReason: result.finishReason } : {};
    call.emit({ kind: "model-answered", usage: result.usage, ...finish });
  }
  for (const message of (result.ok ? result.notices : undefined) ?? [])
    call.emit({ kind: "log", level: "warning", message: `${choice.provider}: ${message}` });
  if (result.ok) {
    const { text, finishReason, usage } = result;
    await call.steps?.at({ kind: "answered", request, text, finishReason, usage });
    if (signal.aborted) return failed("CANCELLED", "The stage was cancelled.");
  }
  return result;
}
