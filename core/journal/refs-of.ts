import type { JournalEvent } from "./event.ts";
import type { ValueRef } from "./value-ref.ts";

/** The values that an event refers to: what has to be stored for it to be read. */
export function refsOf(event: JournalEvent): readonly ValueRef[] {
  switch (event.kind) {
    case "run-started":
      return event.sources === undefined ? [event.input] : [event.input, event.sources];
    case "run-resumed": {
      const outputs = event.reopened.map(({ output }) => output);
      return [...outputs, ...event.variables.map(({ value }) => value)].filter((ref) => ref !== null);
    }
    case "run-finished":
      return event.output === null ? [] : [event.output];
    case "stage-started":
      return [event.inputs];
    case "stage-log":
      return event.values === undefined ? [] : [event.values];
    case "stage-decided":
      return [event.output, ...refsOfDecision(event.decision)];
    case "stage-succeeded":
      return event.decision?.kind === "return" ? [event.output, event.decision.value] : [event.output];
    case "variable-set":
      return [event.value];
    case "value-overridden":
      return [event.before, event.value];
    case "iteration-started":
      return [event.item];
    case "call-started":
      return [event.input];
    case "iteration-finished":
    case "arm-finished":
    case "call-finished":
      return event.result === null ? [] : [event.result];
    case "run-ending":
    case "stage-delta":
    case "stage-cache":
    case "model-called":
    case "model-answered":
    case "question-asked":
    case "question-closed":
    case "stage-failed":
    case "stage-skipped":
    case "stage-cancelled":
    case "stage-retried":
    case "arm-started":
    case "stage-ending":
      return [];
  }
}

function refsOfDecision(
  decision: Extract<JournalEvent, { kind: "stage-decided" }>["decision"],
): readonly ValueRef[] {
  switch (decision.kind) {
    case "iterate":
    case "matrix":
      return [decision.items];
    case "call":
      return [decision.input];
    case "try":
      return [];
  }
}
