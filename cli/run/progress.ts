import type { JournalEvent } from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";
import { durationWords } from "../runs/words.ts";
import { printable, type Terminal } from "../terminal.ts";
import { type AtWork, showAtWork } from "./at-work.ts";
import type { Telling } from "./telling.ts";

/** Tells on standard error what stages do as they do it. */
export interface Progress {
  hear(event: JournalEvent): void;
  /** Lines of logs that were kept back so far. */
  hiddenLogs(): number;
  end(): void;
}

/**
 * Calmly: a line for each of the pipeline's own stages once it has ended, and for what goes wrong anywhere. What is at
 * work is shown where it is a screen.
 */
export function createProgress(terminal: Terminal, telling: Telling): Progress {
  if (telling === "quiet") return { hear: () => {}, hiddenLogs: () => 0, end: () => {} };
  const { err } = terminal;
  const atWork = showAtWork(err);
  const tell = lineTeller(terminal, telling);
  let hidden = 0;
  return {
    hear: (event) => {
      watch(atWork, event);
      if (event.kind === "stage-log" && telling === "calm" && !isGrave(event)) hidden += 1;
      else tell(event);
    },
    hiddenLogs: () => hidden,
    end: atWork.end,
  };
}

/** Whether a log says of something that it is not as it should be. */
function isGrave({ level }: EventOf<"stage-log">): boolean {
  return level === "warning" || level === "error";
}

function watch(atWork: AtWork, event: JournalEvent): void {
  if (event.kind === "stage-started") atWork.begins(event.address);
  else if (event.kind === "question-asked") atWork.asks("asked");
  else if (event.kind === "question-closed") atWork.asks("closed");
  else if (
    event.kind === "stage-succeeded" ||
    event.kind === "stage-failed" ||
    event.kind === "stage-cancelled"
  )
    atWork.ends(event.address);
}

/** A line for each event that says something. */
function lineTeller({ err }: Terminal, telling: "calm" | "verbose"): (event: JournalEvent) => void {
  const startedAt = new Map<string, number>();
  const unrun = new Map<string, string>();
  const say = (mark: string, text: string): void => err.write(`${mark} ${text}\n`);
  const tellEnd = (event: EventOf<"stage-succeeded">): string =>
    [unrun.get(addressKey(event.address)) ?? null, took(startedAt, event)]
      .filter((part) => part !== null)
      .join(", ");
  return (event) => {
    switch (event.kind) {
      case "stage-started":
        startedAt.set(addressKey(event.address), event.at);
        if (telling === "verbose")
          say(err.style("blue", "▶"), `${nameOf(event)} ${err.style("gray", describe(event))}`);
        break;
      case "stage-cache":
        if (event.outcome.kind === "hit") unrun.set(addressKey(event.address), "from the cache");
        if (event.outcome.kind === "pinned") unrun.set(addressKey(event.address), "pinned, did not run");
        break;
      case "stage-succeeded":
        if (telling === "verbose" || event.address.frames.length === 0)
          say(err.style("green", "✓"), `${nameOf(event)} ${err.style("gray", tellEnd(event))}`.trimEnd());
        unrun.delete(addressKey(event.address));
        break;
      case "stage-failed":
        say(err.style("red", "✗"), `${nameOf(event)} ${event.failure.type}${consequence(event)}`);
        break;
      case "stage-skipped":
        // What did not run since the run was over says nothing of itself.
        if (event.cause === "ended" || (telling === "calm" && event.address.frames.length > 0)) break;
        say(
          err.style("gray", "○"),
          err.style("gray", `${nameOf(event)} skipped: ${printable(event.reason)}`),
        );
        break;
      case "stage-cancelled":
        say(err.style("yellow", "■"), `${nameOf(event)} cancelled`);
        break;
      case "stage-log":
        for (const line of printable(event.message).split("\n"))
          say(err.style("cyan", "·"), `${nameOf(event)} ${event.level}: ${line}`);
        break;
      case "question-closed":
        say(err.style("magenta", "?"), `${nameOf(event)} ${err.style("gray", outcomeOf(event))}`);
        break;
      // The question itself is told with how to answer it (terminal-questions.ts).
      case "question-asked":
      // The journal has the rest; a line for each would hide these.
      case "run-started":
      case "run-resumed":
      case "run-ending":
      case "run-finished":
      case "stage-delta":
      case "stage-decided":
      case "model-called":
      case "model-answered":
      case "variable-set":
      case "value-overridden":
      case "stage-retried":
      case "iteration-started":
      case "iteration-finished":
      case "arm-started":
      case "arm-finished":
      case "call-started":
      case "call-finished":
      case "stage-ending":
        break;
    }
  };
}

function nameOf({ address }: { readonly address: StageAddress }): string {
  return printable(addressKey(address));
}

type EventOf<Kind extends JournalEvent["kind"]> = Extract<JournalEvent, { kind: Kind }>;

function describe({ componentType, attempt }: EventOf<"stage-started">): string {
  return attempt > 1 ? `${componentType}, attempt ${attempt}` : componentType;
}

function outcomeOf({ end }: EventOf<"question-closed">): string {
  switch (end.kind) {
    case "answered": {
      const { value, by, via } = end.answer;
      const said = value === true ? "yes" : value === false ? "no" : printable(value);
      return `answered by ${printable(by ?? "someone")} (${via}): ${said}`;
    }
    case "expired":
      return "no one answered in time";
    case "withdrawn":
      return "the question was withdrawn";
  }
}

/** Null for an owner of a run that goes on: it began in the record. */
function took(startedAt: Map<string, number>, event: EventOf<"stage-succeeded">): string | null {
  const key = addressKey(event.address);
  const start = startedAt.get(key);
  startedAt.delete(key);
  return start === undefined ? null : durationWords(event.at - start);
}

/** A failure that ends the run is told at its end; one in a loop or a try may end nothing, so it is told here. */
function consequence({ address, failure, next }: EventOf<"stage-failed">): string {
  const message = `: ${printable(failure.message)}`;
  switch (next.kind) {
    case "retry":
      return `${message} Again in ${next.delayMs} ms.`;
    case "continue":
      return `${message} The run goes on.`;
    case "propagate":
      return address.frames.length > 0 ? message : "";
  }
}
