import type { DebugProtocol } from "@vscode/debugprotocol";
import { type JournalEvent, overriddenName } from "#core/journal";
import { addressKey, type Question, type QuestionEnd, type StageAddress } from "#core/ports";

/** Where in the file a stage is written, for the link beside a line of output. */
export type LocateStage = (
  address: StageAddress,
) => { readonly path: string; readonly line1: number } | undefined;

/** Turns a run's events into lines of the Debug Console, as they happen. */
export interface ConsoleOutput {
  record(event: JournalEvent): void;
  /** A line of the debugger's own about a stage: what a log point says, or what is wrong with a breakpoint. */
  say(address: StageAddress, text: string, category: "stdout" | "stderr"): void;
}

/**
 * What went as it should is `stdout`: VS Code gives `console` the colour of a warning, and so it is kept for what waits
 * for someone. Text that a model streams is written as it comes. Two stages that stream at the same time do not interleave:
 * one is shown live, the other's text is kept until the first has ended.
 */
export function createConsoleOutput(
  locate: LocateStage,
  write: (body: DebugProtocol.OutputEvent["body"]) => void,
): ConsoleOutput {
  let live: string | null = null;
  const kept = new Map<string, string>();
  let atLineStart = true;
  const unrun = new Map<string, string>();

  const text = (output: string): void => {
    write({ category: "stdout", output });
    atLineStart = output.endsWith("\n");
  };

  const line = (category: "console" | "stdout" | "stderr", output: string, address: StageAddress): void => {
    const place = locate(address);
    // By itself, so that the link to the stage stands beside the line and not beside an empty one before it.
    if (!atLineStart) text("\n");
    write({
      category,
      output: `${output}\n`,
      ...(place === undefined ? {} : { source: { path: place.path }, line: place.line1 }),
    });
    atLineStart = true;
  };

  const stream = (address: StageAddress, delta: string): void => {
    const key = addressKey(address);
    if (live === null) {
      live = key;
      line("stdout", `${key}:`, address);
    }
    if (live === key) text(delta);
    else kept.set(key, (kept.get(key) ?? "") + delta);
  };

  const ended = (address: StageAddress): void => {
    const key = addressKey(address);
    const own = kept.get(key);
    if (own !== undefined) {
      kept.delete(key);
      line("stdout", `${key}:`, address);
      text(own);
    }
    if (live === key) live = null;
  };

  return {
    say: (address, said, category) => line(category, said, address),
    record: (event) => {
      switch (event.kind) {
        case "stage-delta":
          if (event.channel === "output") stream(event.address, event.text);
          return;
        case "stage-log":
          line(
            event.level === "error" || event.level === "warning" ? "stderr" : "stdout",
            event.message,
            event.address,
          );
          return;
        case "stage-cache":
          if (event.outcome.kind === "hit") unrun.set(addressKey(event.address), " from the cache");
          if (event.outcome.kind === "pinned") unrun.set(addressKey(event.address), " pinned, did not run");
          return;
        case "stage-succeeded": {
          ended(event.address);
          const key = addressKey(event.address);
          line("stdout", `✓ ${key}${unrun.get(key) ?? ""}`, event.address);
          unrun.delete(key);
          return;
        }
        case "stage-failed":
          ended(event.address);
          line("stderr", failureLine(event), event.address);
          return;
        case "stage-skipped":
          line("stdout", `↷ ${addressKey(event.address)} skipped: ${event.reason}`, event.address);
          return;
        case "stage-cancelled":
          ended(event.address);
          line("stdout", `■ ${addressKey(event.address)} cancelled`, event.address);
          return;
        case "question-asked":
          line("console", `? ${addressKey(event.address)} asks: ${askedOf(event.question)}`, event.address);
          return;
        case "question-closed":
          line("console", `? ${addressKey(event.address)} ${endedHow(event.end)}`, event.address);
          return;
        case "value-overridden":
          line("stdout", `✎ ${overriddenName(event)} was set by hand`, event.address);
          return;
        case "stage-retried":
          line("stdout", `↻ ${addressKey(event.address)} is tried again by hand`, event.address);
          return;
        case "run-started":
        case "stage-started":
        case "stage-decided":
        case "arm-started":
        case "arm-finished":
        case "call-started":
        case "call-finished":
        case "stage-ending":
        case "model-called":
        case "model-answered":
        case "iteration-started":
        case "iteration-finished":
        case "variable-set":
        case "run-resumed":
        case "run-ending":
        case "run-finished":
          return;
      }
    },
  };
}

function askedOf({ kind, prompt, options }: Question): string {
  switch (kind) {
    case "confirm":
      return `${prompt} (yes or no)`;
    case "choice":
      return `${prompt} (${options.join(", ")})`;
    case "text":
      return prompt;
  }
}

function endedHow(end: QuestionEnd): string {
  switch (end.kind) {
    case "answered":
      return `was answered by ${end.answer.by ?? "someone"} (${end.answer.via}): ${JSON.stringify(end.answer.value)}`;
    case "expired":
      return "was not answered in time";
    case "withdrawn":
      return "does not ask any longer";
  }
}

function failureLine(event: Extract<JournalEvent, { kind: "stage-failed" }>): string {
  const what = `✗ ${addressKey(event.address)} ${event.failure.type}: ${event.failure.message}`;
  switch (event.next.kind) {
    case "retry":
      return `${what}\n  trying again in ${Math.round(event.next.delayMs)} ms`;
    case "continue":
      return `${what}\n  the run goes on, as on_error says`;
    case "propagate":
      return what;
  }
}
