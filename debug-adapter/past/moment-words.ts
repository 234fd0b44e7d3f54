import { type JournalEvent, overriddenName, type ValueRef } from "#core/journal";
import { addressKey, type Json } from "#core/ports";
import type { Moment, MomentKind } from "#protocol";
import { rowText } from "../variables.ts";

/** Characters of a text that a moment has at most. */
const LONGEST = 200;

type Told = Pick<Moment, "kind" | "stage" | "text">;

/** What a moment of a timeline says; `value` reads what its event refers to. */
export function momentWords(event: JournalEvent, value: (ref: ValueRef) => Json): Told {
  const stage = "address" in event ? addressKey(event.address) : "";
  const tell = (kind: MomentKind, text: string): Told => ({ kind, stage, text: cut(text) });
  switch (event.kind) {
    case "run-started":
      return tell("run-began", `Run ${event.runId} of ${event.pipeline.name} began`);
    case "stage-started":
      return tell("began", event.attempt > 1 ? `Attempt ${event.attempt} began` : "Began");
    case "stage-succeeded":
      return tell("succeeded", rowText(value(event.output)));
    case "stage-failed":
      return event.next.kind === "retry"
        ? tell("retried", `Attempt ${event.attempt} failed: ${event.failure.message}`)
        : tell("failed", event.failure.message);
    case "stage-cancelled":
      return tell("cancelled", "Cancelled");
    case "stage-skipped":
      return tell("skipped", event.reason);
    case "stage-log":
      return tell("said", event.message);
    case "value-overridden":
      return tell("said", `${overriddenName(event)} was set by hand`);
    case "stage-retried":
      return tell("said", "Tried again by hand");
    case "question-asked":
      return tell("asked", event.question.prompt);
    case "iteration-started":
      return tell("round", `Round ${event.index}: ${rowText(value(event.item))}`);
    case "arm-started":
      return tell("arm", event.attempt > 1 ? `${event.arm}, attempt ${event.attempt}` : event.arm);
    case "call-started":
      return tell("call", `Calls ${event.pipeline.name}`);
    case "run-resumed":
      return event.fork === null
        ? tell("went-on", "The run went on here")
        : tell("went-on", `Forked from run ${event.fork.runId}, after event ${event.fork.seq}`);
    case "run-finished":
      return tell(
        "run-ended",
        event.failure === null
          ? `The run ${event.status}`
          : `The run ${event.status}: ${event.failure.message}`,
      );
    case "run-ending":
    case "stage-delta":
    case "stage-cache":
    case "stage-decided":
    case "stage-ending":
    case "model-called":
    case "model-answered":
    case "question-closed":
    case "variable-set":
    case "iteration-finished":
    case "arm-finished":
    case "call-finished":
      throw new Error(`No moment of a timeline is of ${event.kind}.`);
  }
}

/** In one line, which lists show. */
function cut(text: string): string {
  const line = text.slice(0, LONGEST).replaceAll(/\s+/g, " ").trim();
  return text.length > LONGEST ? `${line}…` : line;
}
