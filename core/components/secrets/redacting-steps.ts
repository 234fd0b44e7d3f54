import type { AttemptStep, AttemptSteps } from "#core/ports";
import { type Redactor, redactedRequest } from "#core/secrets";

/** Lets an attempt be looked into with no secret to be seen. */
export function redactingSteps(redactor: Redactor, steps: AttemptSteps): AttemptSteps {
  return { ...steps, at: (step) => steps.at(withoutSecrets(redactor, step)) };
}

function withoutSecrets(redactor: Redactor, step: AttemptStep): AttemptStep {
  const request = redactedRequest(redactor, step.request);
  switch (step.kind) {
    case "rendered":
      return { ...step, request };
    case "streaming":
      // What may be the beginning of one is kept back, too.
      return { ...step, request, text: redactor.stream().take(step.text) };
    case "answered":
      return {
        ...step,
        request,
        text: step.text === null ? null : redactor.text(step.text),
        usage: { ...step.usage, model: redactor.text(step.usage.model) },
      };
  }
}
