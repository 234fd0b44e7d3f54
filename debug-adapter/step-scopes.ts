import type { StepPoint } from "#core/engine";
import type { Json } from "#core/ports";
import { promptTurns } from "./more-scopes.ts";
import type { FrameScope } from "./scopes.ts";

/** What there is to see within an attempt: what the model is asked, and what it has answered. */
export function stepScopes({ step }: StepPoint): readonly FrameScope[] {
  const { messages, responseSchema, stopSequences, ...settings } = step.request;
  const request = {
    ...settings,
    ...(stopSequences === undefined ? {} : { stopSequences: [...stopSequences] }),
    ...(responseSchema === undefined ? {} : { responseSchema }),
  };
  const asked = [scope("Prompt", promptTurns({ messages })), scope("Request", request)];
  switch (step.kind) {
    case "rendered":
      return asked;
    case "streaming":
      return [scope("Answer", { text: step.text }), ...asked];
    case "answered": {
      const { text, finishReason, usage } = step;
      return [
        scope("Answer", { text: text ?? "(not in the record)", finishReason, usage: { ...usage } }),
        ...asked,
      ];
    }
  }
}

function scope(name: string, value: Json): FrameScope {
  return { name, root: { name: "", value, evaluateName: null } };
}
