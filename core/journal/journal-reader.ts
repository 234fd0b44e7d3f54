import type { Json } from "#core/ports";
import { contentHash } from "./content-hash.ts";
import type { JournalEvent } from "./event.ts";
import { EVENT_KINDS } from "./event-kinds.ts";
import { journalFormat, valueLine } from "./ndjson.ts";

/** A line that could not be used. `line1` counts from 1. */
export interface JournalProblem {
  readonly line1: number;
  readonly message: string;
}

/** A value that a line holds: its reference, and the JSON text that was checked against it. */
export interface ReadValue {
  readonly ref: string;
  readonly text: string;
}

/** Reads a journal line by line, so that a file need never be in memory as a whole. */
export interface JournalReader {
  /** What was read so far. */
  readonly events: readonly JournalEvent[];
  readonly problems: readonly JournalProblem[];
  /** Takes the next line, without its end. Gives the value that it holds, for whoever keeps values; else null. */
  line(text: string): ReadValue | null;
  /** Counts a line that its source could not give, with what is wrong with it. */
  lost(message: string): void;
  /** Says that there are no more lines. */
  end(): void;
}

/** Never throws: a line that cannot be used, or a value that does not match its hash, is a problem. */
export function createJournalReader(): JournalReader {
  const events: JournalEvent[] = [];
  const problems: JournalProblem[] = [];
  let line1 = 0;
  const problem = (message: string | null): null => {
    if (message !== null) problems.push({ line1, message });
    return null;
  };
  return {
    events,
    problems,
    line(text) {
      line1 += 1;
      const known = knownValue(text);
      if (known !== null && line1 > 1) return known;
      const record = parseLine(text);
      if (record === undefined) return problem("This line is no JSON object, so what it recorded is lost.");
      if (line1 === 1) return problem(headerProblem(record));
      if (record["kind"] === "value") {
        const value = readValue(record);
        return typeof value === "string" ? problem(value) : value;
      }
      return problem(acceptEvent(record, events));
    },
    lost(message) {
      line1 += 1;
      problem(message);
    },
    end() {
      if (line1 > 0) return;
      line1 = 1;
      problem("The file is empty; a journal begins with a header line.");
    },
  };
}

/** A value's line as the writer writes it need not be parsed: its text is what was hashed. */
function knownValue(line: string): ReadValue | null {
  const cut = valueLine(line);
  if (cut === null) return null;
  const ref = contentHash(cut.text);
  // Not the one of the line: a piece of it would keep the whole line in memory.
  return ref === cut.ref ? { ref, text: cut.text } : null;
}

type JsonRecord = { readonly [key: string]: Json };

function parseLine(line: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    // JSON.parse gives JSON; its type says less.
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonRecord)
      : undefined;
  } catch {
    return undefined;
  }
}

function headerProblem(record: JsonRecord): string | null {
  if (record["kind"] !== "journal")
    return "The first line is no journal header; this may be another kind of file.";
  const { format } = record;
  return format === journalFormat
    ? null
    : `The journal's format is ${JSON.stringify(format ?? null)}, and this version reads ${journalFormat}; open it with a newer FlowMason.`;
}

/** The value, or what is wrong with its line. */
function readValue({ ref, value }: JsonRecord): ReadValue | string {
  if (typeof ref !== "string" || value === undefined)
    return "A value line without `ref` and `value`; it is left out.";
  const text = JSON.stringify(value);
  return contentHash(text) === ref
    ? { ref, text }
    : `The value ${ref} does not match its hash: the file was damaged or edited.`;
}

/** Takes an event in. Returns what is wrong with it, or null. */
function acceptEvent(record: JsonRecord, events: JournalEvent[]): string | null {
  const { kind, seq } = record;
  if (typeof kind !== "string" || !EVENT_KINDS.has(kind))
    return `No event of this version is called ${JSON.stringify(kind ?? null)}; it is left out.`;
  if (typeof seq !== "number" || typeof record["at"] !== "number")
    return "An event without `seq` and `at`; it is left out.";
  if (!kind.startsWith("run-") && !isAddress(record["address"]))
    return "A stage's event without an address; it is left out.";
  const last = events.at(-1)?.seq ?? -1;
  // The shape beyond this is the writer's promise: the file is ours, and a full check of each event would cost more than the run.
  events.push(record as unknown as JournalEvent);
  return seq === last + 1 ? null : `Event ${seq} follows event ${last}; what was between them is lost.`;
}

function isAddress(value: Json | undefined): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "stage" in value &&
    typeof value["stage"] === "string" &&
    Array.isArray(value["frames"])
  );
}
