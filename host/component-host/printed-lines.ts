import type { LogLevel } from "#core/ports";
import { endOfOutput } from "./messages.ts";

/** Lines that an attempt may print, and characters of a line; what is more is left out, and that is said. */
const mostLines = 2000;
const longestLine = 10_000;
/** Characters of the end that are kept: Node says first why it gives up, and then where in itself it was. */
const keptEnd = 16_000;

/** What an attempt prints, as lines of its log. */
export interface PrintedLines {
  take(stream: Stream, text: string): void;
  /** Tells what has no line end yet: nothing more comes. */
  close(): void;
  /** Resolves when both streams have come to the attempt's end. */
  readonly ended: Promise<void>;
  /** The end of what was printed. */
  lastOf(stream: Stream): string;
}

type Stream = "stdout" | "stderr";

/** Takes what is printed up to the end that the nonce marks. Standard output is told as information, errors as warnings. */
export function printedLines(nonce: string, tell: (level: LogLevel, line: string) => void): PrintedLines {
  const marker = endOfOutput(nonce);
  const rest = { stdout: "", stderr: "" };
  const last = { stdout: "", stderr: "" };
  const open = new Set<Stream>(["stdout", "stderr"]);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let lines = 0;

  const say = (stream: Stream, line: string): void => {
    lines += 1;
    if (lines === mostLines + 1) {
      tell("warning", `More than ${mostLines} lines were printed; the others are left out.`);
    }
    if (lines > mostLines) return;
    const shown = line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
    tell(stream === "stdout" ? "info" : "warning", shown);
  };
  const flush = (stream: Stream, text: string): void => {
    const complete = text.split("\n");
    rest[stream] = complete.pop() ?? "";
    for (const line of complete) say(stream, line.replace(/\r$/, ""));
    // A line without an end must not fill the memory.
    if (rest[stream].length <= longestLine) return;
    say(stream, rest[stream]);
    rest[stream] = "";
  };

  return {
    take(stream, text) {
      if (!open.has(stream)) return;
      const whole = rest[stream] + text;
      last[stream] = (last[stream] + text).slice(-keptEnd);
      const end = whole.indexOf(marker);
      if (end < 0) return flush(stream, whole);
      flush(stream, whole.slice(0, end));
      if (rest[stream] !== "") say(stream, rest[stream]);
      open.delete(stream);
      if (open.size === 0) resolve();
    },
    close() {
      for (const stream of open) if (rest[stream] !== "") say(stream, rest[stream]);
      open.clear();
    },
    ended,
    lastOf: (stream) => last[stream],
  };
}
