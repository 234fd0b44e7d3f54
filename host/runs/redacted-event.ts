import type { FrameEnd, JournalEvent } from "#core/journal";
import type { CacheOutcome } from "#core/ports";
import {
  type Redactor,
  redactedEnd,
  redactedFailure,
  redactedQuestion,
  redactedRequest,
} from "#core/secrets";

/** An event without secrets. Addresses and names stay: they come from the file, and the record is read by them. */
export function redactedEvent(redactor: Redactor, event: JournalEvent): JournalEvent {
  switch (event.kind) {
    case "stage-delta":
      return { ...event, text: redactor.text(event.text) };
    case "stage-log":
      return { ...event, message: redactor.text(event.message) };
    case "stage-cache":
      return { ...event, outcome: redactedOutcome(redactor, event.outcome) };
    case "model-called":
      return { ...event, request: redactedRequest(redactor, event.request) };
    // The name that the server gave the model is a text from outside.
    case "model-answered":
      return { ...event, usage: { ...event.usage, model: redactor.text(event.usage.model) } };
    case "question-asked":
      return { ...event, question: redactedQuestion(redactor, event.question) };
    case "question-closed":
      return { ...event, end: redactedEnd(redactor, event.end) };
    case "stage-failed":
      return { ...event, failure: redactedFailure(redactor, event.failure) };
    case "stage-ending":
      return { ...event, failure: redactedFailure(redactor, event.failure) };
    case "stage-skipped":
      return { ...event, reason: redactor.text(event.reason) };
    case "stage-succeeded":
      return event.decision?.kind === "return"
        ? { ...event, decision: { ...event.decision, message: textOrNull(redactor, event.decision.message) } }
        : event;
    case "run-ending":
    case "run-finished":
      return event.failure === null ? event : { ...event, failure: redactedFailure(redactor, event.failure) };
    case "run-resumed":
      return event.fork === null
        ? event
        : { ...event, fork: { ...event.fork, changes: event.fork.changes.map(redactor.text) } };
    case "iteration-finished":
    case "arm-finished":
    case "call-finished":
      return { ...event, ended: redactedFrameEnd(redactor, event.ended) };
    case "value-overridden":
      return {
        ...event,
        path: event.path.map((step) => (typeof step === "string" ? redactor.text(step) : step)),
      };
    // Values are stored beside these, without secrets; they have no other text than names.
    case "run-started":
    case "stage-started":
    case "stage-decided":
    case "stage-cancelled":
    case "stage-retried":
    case "variable-set":
    case "iteration-started":
    case "arm-started":
    case "call-started":
      return event;
  }
}

function redactedFrameEnd(redactor: Redactor, ended: FrameEnd): FrameEnd {
  return ended.kind === "failed" ? { ...ended, failure: redactedFailure(redactor, ended.failure) } : ended;
}

/** Names of files are among the ingredients; all else is hashed already. */
function redactedOutcome(redactor: Redactor, outcome: CacheOutcome): CacheOutcome {
  switch (outcome.kind) {
    case "hit":
    case "miss": {
      const named = Object.entries(outcome.ingredients).map(([name, hash]) => [redactor.text(name), hash]);
      return { ...outcome, ingredients: Object.fromEntries(named) };
    }
    case "pinned":
    case "stored":
      return outcome;
    case "not-stored":
      return { ...outcome, reason: redactor.text(outcome.reason) };
  }
}

function textOrNull(redactor: Redactor, text: string | null): string | null {
  return text === null ? null : redactor.text(text);
}
