import type { JournalEvent } from "#core/journal";
import type { Command } from "../schedule/command.ts";
import { type Frame, frameKey } from "../schedule/state.ts";

/** Where in the schedule the stage of an event is. */
interface Place {
  readonly frame: Frame;
  readonly index: number;
}

/** What the scheduler asked for and the record has no answer to. */
export interface Outstanding {
  add(command: Command): void;
  /** Takes back what this event answers. Returns it where there is exactly one such command, for what it says. */
  answer(event: JournalEvent, at: Place | null): Command | undefined;
  /** In the order in which they were asked for. */
  readonly commands: Iterable<Command>;
}

export function createOutstanding(): Outstanding {
  const open = new Map<string, Command>();
  const take = (key: string): Command | undefined => {
    const command = open.get(key);
    open.delete(key);
    return command;
  };
  return {
    add(command) {
      open.set(keyOf(command), command);
    },
    answer(event, at) {
      if (at === null) return undefined;
      const place = `${at.frame.key}|${at.index}`;
      switch (event.kind) {
        case "stage-decided":
          return take(`work|${place}`);
        case "stage-succeeded":
        case "stage-skipped":
        case "stage-cancelled":
          return ended(take, place);
        case "stage-failed":
          return event.next.kind === "retry" ? undefined : ended(take, place);
        case "iteration-started":
          return take(`round|${place}|${event.index}`);
        case "arm-started":
          return take(`arm|${place}|${event.arm}|${event.attempt}`);
        case "call-started":
          return take(`call|${place}|${event.attempt}`);
        case "iteration-finished":
        case "arm-finished":
        case "call-finished":
          return take(`close|${frameKey([...at.frame.steps, stepOf(event)])}`);
        case "run-started":
        case "run-resumed":
        case "run-ending":
        case "run-finished":
        case "stage-started":
        case "stage-delta":
        case "stage-log":
        case "stage-cache":
        case "model-called":
        case "model-answered":
        case "question-asked":
        case "question-closed":
        case "variable-set":
        case "stage-ending":
          return undefined;
      }
    },
    get commands() {
      return open.values();
    },
  };
}

/** An event that opens a frame, or closes it. */
export type FrameEvent = Extract<
  JournalEvent,
  { kind: `${"iteration" | "arm" | "call"}-${"started" | "finished"}` }
>;

/** The frame that it is about, as addresses have it. */
export function stepOf(event: FrameEvent): Frame["steps"][number] {
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

function ended(take: (key: string) => Command | undefined, place: string): Command | undefined {
  take(`cancel|${place}`);
  const started = take(`work|${place}`);
  return take(`end|${place}`) ?? started;
}

function keyOf(command: Command): string {
  if (command.kind === "end-run") return "end-run";
  if (command.kind === "close-frame") return `close|${command.frame.key}`;
  const { frame, index } = command;
  const place = `${frame.key}|${index}`;
  switch (command.kind) {
    case "start":
    case "skip":
      return `work|${place}`;
    case "cancel":
      return `cancel|${place}`;
    case "start-iteration": {
      const decision = frame.owners.get(index)?.decision;
      const indexes = decision?.kind === "iterate" || decision?.kind === "matrix" ? decision.indexes : [];
      return `round|${place}|${indexes[command.place] ?? command.place}`;
    }
    case "start-arm":
      return `arm|${place}|${command.arm}|${command.attempt}`;
    case "start-call":
      return `call|${place}|${command.attempt}`;
    case "end-owner":
      return `end|${place}`;
  }
}
