import type { FrameStep } from "#core/ports";
import type { JournalEvent } from "./event.ts";

/** An event that opens a frame, or closes it. */
export type FrameEvent = Extract<
  JournalEvent,
  { kind: `${"iteration" | "arm" | "call"}-${"started" | "finished"}` }
>;

/** The frame that it is about, as addresses have it. */
export function stepOf(event: FrameEvent): FrameStep {
  const owner = event.address.stage;
  switch (event.kind) {
    case "iteration-started":
    case "iteration-finished":
      return { kind: "iteration", owner, index: event.index };
    case "arm-started":
    case "arm-finished":
      return { kind: "arm", owner, arm: event.arm, attempt: event.attempt };
    case "call-started":
    case "call-finished":
      return { kind: "subpipeline", owner, pipeline: event.pipeline.name, attempt: event.attempt };
  }
}
