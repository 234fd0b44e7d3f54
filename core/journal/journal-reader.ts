import type { Json } from "#core/ports";
import type { JournalEvent } from "./event.ts";
import { EVENT_KINDS } from "./event-kinds.ts";
import { readEventRow } from "./event-row.ts";
import { journalFormat } from "./ndjson.ts";
import { createShorthand, type Shorthand } from "./shorthand.ts";
import { type ReadValue, readOldValue, readValueLine, readValueRow } from "./value-line.ts";

/** A line that could not be used. `line1` counts from 1. */
export interface JournalProblem {
  readonly line1: number;
  readonly message: string;
}

/**
 * What its headers say that a file is: `other` is a journal in, or gone on with in, a format that this version does not
 * know; `none` a file without a whole line, whose run had not begun.
 */
export type JournalFormat = "known" | "other" | "none";

/** Reads a journal line by line, so that a file need never be in memory as a whole. */
export interface JournalReader {
  /** What was read so far. */
  readonly events: readonly JournalEvent[];
  readonly problems: readonly JournalProblem[];
  /** For whoever goes on with the file after what was read. */
  readonly shorthand: Shorthand;
  readonly format: JournalFormat;
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
  const shorthand = createShorthand();
  let line1 = 0;
  let format: JournalFormat = "known";
  const problem = (message: string | null): null => {
    if (message !== null) problems.push({ line1, message });
    return null;
  };
  const taken = (value: ReadValue | null): ReadValue | null => {
    if (value === null) return problem(MISMATCH);
    shorthand.note(value.ref);
    return value;
  };
  return {
    events,
    problems,
    shorthand,
    get format() {
      return format;
    },
    line(text) {
      line1 += 1;
      // What these lines mean is not for this version to say.
      if (format === "other") return null;
      const known = line1 > 1 ? readValueLine(text) : null;
      if (known !== null) return taken(known);
      const record = parseLine(text);
      if (record === undefined)
        return problem("This line is no JSON object or list, so what it recorded is lost.");
      if (line1 === 1 && (isList(record) || record["kind"] !== "journal"))
        return problem("The first line is no journal header; this may be another kind of file.");
      if (isList(record))
        return typeof record[0] === "number"
          ? problem(accept(readEventRow(record, shorthand), events, shorthand))
          : taken(readValueRow(record));
      const { kind } = record;
      if (kind === "value") return taken(readOldValue(record["ref"], record["value"]));
      if (kind === "journal") {
        const fault = acceptHeader(record, shorthand);
        if (fault !== null) format = "other";
        return problem(fault);
      }
      if (kind === "component") return problem(acceptComponent(record, shorthand));
      return problem(accept(readEvent(record), events, shorthand));
    },
    lost(message) {
      line1 += 1;
      if (format === "known") problem(message);
    },
    end() {
      if (line1 > 0) return;
      line1 = 1;
      format = "none";
      problem("The file is empty; a journal begins with a header line.");
    },
  };
}

const MISMATCH = "The value of this line does not match its hash: the file was damaged or edited.";

type JsonRecord = { readonly [key: string]: Json };

function parseLine(line: string): JsonRecord | readonly Json[] | undefined {
  try {
    const value: unknown = JSON.parse(line);
    // JSON.parse gives JSON; its type says less.
    return typeof value === "object" && value !== null ? (value as JsonRecord | readonly Json[]) : undefined;
  } catch {
    return undefined;
  }
}

function isList(value: JsonRecord | readonly Json[]): value is readonly Json[] {
  return Array.isArray(value);
}

/** Another one than the first is where a newer version went on. */
function acceptHeader({ format }: JsonRecord, shorthand: Shorthand): string | null {
  if (typeof format === "number" && format >= 1 && format <= journalFormat) {
    shorthand.format = format;
    return null;
  }
  return `The journal's format is ${JSON.stringify(format ?? null)}, and this version reads 1 to ${journalFormat}; open it with a newer FlowMason.`;
}

function acceptComponent({ number, type }: JsonRecord, shorthand: Shorthand): string | null {
  if (typeof number !== "number" || typeof type !== "string")
    return "A component's line without `number` and `type`; it is left out.";
  shorthand.numberComponent(number, type);
  return null;
}

/** The event of a line that has all of it, or what is wrong with it. */
function readEvent(record: JsonRecord): JournalEvent | string {
  const { kind, seq, at } = record;
  if (typeof kind !== "string" || !EVENT_KINDS.has(kind))
    return `No event of this version is called ${JSON.stringify(kind ?? null)}; it is left out.`;
  if (typeof seq !== "number" || typeof at !== "number")
    return "An event without `seq` and `at`; it is left out.";
  if (!kind.startsWith("run-") && !isAddress(record["address"]))
    return "A stage's event without an address; it is left out.";
  // The shape beyond this is the writer's promise: the file is ours, and a full check of each event would cost more than the run.
  return record as unknown as JournalEvent;
}

/** Takes an event in. Returns what is wrong with it, or null. */
function accept(event: JournalEvent | string, events: JournalEvent[], shorthand: Shorthand): string | null {
  if (typeof event === "string") return event;
  const last = events.at(-1)?.seq ?? -1;
  shorthand.startedAt ??= event.at;
  if (event.kind === "run-started") shorthand.runId = event.runId;
  events.push(event);
  return event.seq === last + 1
    ? null
    : `Event ${event.seq} follows event ${last}; what was between them is lost.`;
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
