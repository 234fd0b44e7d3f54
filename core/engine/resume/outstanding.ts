import { type JournalEvent, stepOf } from "#core/journal";
import type { Command } from "../schedule/command.ts";
import { type Frame, frameKey } from "../schedule/state.ts";
import { bearingOf, type FrameOpening } from "./bearing.ts";

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

/** Nothing is asked for yet. */
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
      const bearing = bearingOf(event);
      switch (bearing.kind) {
        case "decides":
          return take(`work|${place}`);
        case "ends":
          return ended(take, place);
        case "opens":
          return take(openedBy(bearing.event, place));
        case "closes":
          return take(`close|${frameKey([...at.frame.steps, stepOf(bearing.event)])}`);
        case "none":
          return undefined;
      }
    },
    get commands() {
      return open.values();
    },
  };
}

/** The key of the command that asked for a frame. */
function openedBy(event: FrameOpening, place: string): string {
  switch (event.kind) {
    case "iteration-started":
      return `round|${place}|${event.index}`;
    case "arm-started":
      return `arm|${place}|${event.arm}|${event.attempt}`;
    case "call-started":
      return `call|${place}|${event.attempt}`;
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
