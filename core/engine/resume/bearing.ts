import type { JournalEvent } from "#core/journal";

type EventOf<Kind extends JournalEvent["kind"]> = Extract<JournalEvent, { kind: Kind }>;

/** The last word of a stage; of a `stage-failed` only where no other attempt follows. */
export type StageEnd = EventOf<"stage-succeeded" | "stage-failed" | "stage-skipped" | "stage-cancelled">;

/** An event that opens a frame of its stage. */
export type FrameOpening = EventOf<"iteration-started" | "arm-started" | "call-started">;

/** An event that closes one. */
export type FrameClosing = EventOf<"iteration-finished" | "arm-finished" | "call-finished">;

/** How an event bears on where its stage is in the schedule. */
export type Bearing =
  /** The stage has decided what of the stages that it owns is to run. */
  | { readonly kind: "decides"; readonly event: EventOf<"stage-decided"> }
  | { readonly kind: "ends"; readonly event: StageEnd }
  | { readonly kind: "opens"; readonly event: FrameOpening }
  | { readonly kind: "closes"; readonly event: FrameClosing }
  /** It tells of the run, or of what goes on in a stage, and moves nothing. */
  | { readonly kind: "none" };

/** The one table of what each kind of event says of its stage, for all who read a record. */
export function bearingOf(event: JournalEvent): Bearing {
  switch (event.kind) {
    case "stage-decided":
      return { kind: "decides", event };
    case "stage-succeeded":
    case "stage-skipped":
    case "stage-cancelled":
      return { kind: "ends", event };
    case "stage-failed":
      return event.next.kind === "retry" ? NONE : { kind: "ends", event };
    case "iteration-started":
    case "arm-started":
    case "call-started":
      return { kind: "opens", event };
    case "iteration-finished":
    case "arm-finished":
    case "call-finished":
      return { kind: "closes", event };
    case "run-started":
    case "run-resumed":
    case "run-ending":
    case "run-finished":
    case "stage-started":
    case "stage-retried":
    case "stage-delta":
    case "stage-log":
    case "stage-cache":
    case "model-called":
    case "model-answered":
    case "question-asked":
    case "question-closed":
    case "variable-set":
    case "value-overridden":
    case "stage-ending":
      return NONE;
  }
}

const NONE: Bearing = { kind: "none" };
