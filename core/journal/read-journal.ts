import type { Json } from "#core/ports";
import { contentHash } from "./content-hash.ts";
import type { JournalEvent } from "./event.ts";
import { journalFormat } from "./ndjson.ts";
import type { ValueRef } from "./value-ref.ts";

/** A line that could not be used. `line1` counts from 1. */
export interface JournalProblem {
  readonly line1: number;
  readonly message: string;
}

/** What a journal file holds. */
export interface RecordedRun {
  readonly events: readonly JournalEvent[];
  readonly problems: readonly JournalProblem[];
  /** True when the last line was cut off, as by a crash: it is left out, and is no problem. */
  readonly torn: boolean;
  /** The value of a reference; undefined when the file has none. */
  value(ref: ValueRef): Json | undefined;
}

/**
 * Reads a journal file's text. Never throws: a line that cannot be read, or a value that does not match its hash,
 * is a problem, and the rest is read. Only a last line without its end of line may be broken without being one.
 */
export function readJournal(text: string): RecordedRun {
  const events: JournalEvent[] = [];
  const problems: JournalProblem[] = [];
  const values = new Map<string, Json>();
  let torn = false;
  let line1 = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    line1 += 1;
    const line = text.slice(start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
    const record = parseLine(line);
    if (record === undefined) {
      if (end === -1) torn = true;
      else problems.push({ line1, message: "This line is no JSON object, so what it recorded is lost." });
      continue;
    }
    const message = accept(record, line1, events, values);
    if (message !== null) problems.push({ line1, message });
  }
  if (line1 === 0)
    problems.push({ line1: 1, message: "The file is empty; a journal begins with a header line." });
  return { events, problems, torn, value: (ref) => values.get(ref.ref) };
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

/** Takes one record in. Returns what is wrong with it, or null. */
function accept(
  record: JsonRecord,
  line1: number,
  events: JournalEvent[],
  values: Map<string, Json>,
): string | null {
  const kind = record["kind"];
  if (line1 === 1) return headerProblem(record);
  if (kind === "value") return acceptValue(record, values);
  if (typeof kind !== "string" || !EVENT_KINDS.has(kind)) {
    return `No event of this version is called ${JSON.stringify(kind ?? null)}; it is left out.`;
  }
  const { seq } = record;
  if (typeof seq !== "number" || typeof record["at"] !== "number")
    return "An event without `seq` and `at`; it is left out.";
  if (!kind.startsWith("run-") && !isAddress(record["address"]))
    return "A stage's event without an address; it is left out.";
  const last = events.at(-1)?.seq ?? -1;
  // The shape beyond this is the writer's promise: the file is ours, and a full check of each event would cost more than the run.
  events.push(record as unknown as JournalEvent);
  return seq === last + 1 ? null : `Event ${seq} follows event ${last}; what was between them is lost.`;
}

function headerProblem(record: JsonRecord): string | null {
  if (record["kind"] !== "journal")
    return "The first line is no journal header; this may be another kind of file.";
  const { format } = record;
  return format === journalFormat
    ? null
    : `The journal's format is ${JSON.stringify(format ?? null)}, and this version reads ${journalFormat}; open it with a newer FlowMason.`;
}

function acceptValue(record: JsonRecord, values: Map<string, Json>): string | null {
  const { ref, value } = record;
  if (typeof ref !== "string" || value === undefined)
    return "A value line without `ref` and `value`; it is left out.";
  if (contentHash(JSON.stringify(value)) !== ref)
    return `The value ${ref} does not match its hash: the file was damaged or edited.`;
  values.set(ref, value);
  return null;
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

const EVENT_KINDS: ReadonlySet<string> = new Set<JournalEvent["kind"]>([
  "run-started",
  "run-resumed",
  "run-ending",
  "run-finished",
  "stage-started",
  "stage-delta",
  "stage-log",
  "model-called",
  "model-answered",
  "question-asked",
  "question-closed",
  "stage-decided",
  "stage-succeeded",
  "stage-failed",
  "stage-skipped",
  "stage-cancelled",
  "variable-set",
  "iteration-started",
  "iteration-finished",
  "arm-started",
  "arm-finished",
  "call-started",
  "call-finished",
  "stage-ending",
]);
