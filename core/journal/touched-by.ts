import type { FrameStep, StageAddress } from "#core/ports";
import type { JournalEvent } from "./event.ts";

/** What of a run's state an event may change, besides the number of the last event. */
export interface Touched {
  readonly run: boolean;
  readonly stages: readonly StageAddress[];
  /** Frames whose variables it may change. */
  readonly frames: readonly (readonly FrameStep[])[];
}

/** The index over a journal's events rests on this; a test compares it with what the fold does. */
export function touchedBy(event: JournalEvent): Touched {
  switch (event.kind) {
    case "run-started":
    case "run-finished":
      return { ...nothing, run: true };
    case "run-resumed":
      return {
        run: true,
        // In the order in which the fold makes them: what is to run again is made by nothing here.
        stages: [...event.reopened.map(({ address }) => address), ...event.again],
        frames: event.variables.map(({ frames }) => frames),
      };
    case "variable-set":
      return { ...nothing, frames: [event.address.frames] };
    case "value-overridden":
      return event.target.kind === "variable"
        ? { ...nothing, stages: [event.address], frames: [event.address.frames] }
        : { ...nothing, stages: [event.address] };
    case "run-ending":
    case "iteration-started":
    case "iteration-finished":
    case "arm-started":
    case "arm-finished":
    case "call-started":
    case "call-finished":
    case "stage-ending":
      return nothing;
    case "stage-started":
    case "stage-delta":
    case "stage-log":
    case "stage-cache":
    case "model-called":
    case "model-answered":
    case "question-asked":
    case "question-closed":
    case "stage-decided":
    case "stage-succeeded":
    case "stage-failed":
    case "stage-skipped":
    case "stage-cancelled":
    case "stage-retried":
      return { ...nothing, stages: [event.address] };
  }
}

const nothing: Touched = { run: false, stages: [], frames: [] };
