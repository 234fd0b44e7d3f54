import type { RunResult } from "#core/engine";
import { type RunState, type UsageTotals, usageAsJson } from "#core/journal";
import type { JsonObject } from "#core/ports";
import { type CheckedFile, problemLines, problemsAsJson } from "../problem-lines.ts";
import { type Channel, printable, type Terminal } from "../terminal.ts";
import type { GoneOn } from "./carry-out.ts";
import { summaryTable } from "./summary-table.ts";
import type { Telling } from "./telling.ts";
import { usageLines } from "./usage-line.ts";

/** With --json, one document about the run; plainly, the output alone. */
export type ReportStyle = "json" | "plain";

/** With --json, says that there was nothing to run; plainly, the message of the error is enough. */
export function reportUnusable(message: string, style: ReportStyle, { out }: Terminal): void {
  if (style === "json") out.document(unusable(message));
}

/** The document about a run that there could not be. */
export function unusableDocument(message: string): string {
  return `${JSON.stringify(unusable(message), null, 2)}\n`;
}

function unusable(message: string): object {
  const failure = { type: "VALIDATION", message, recoverable: false, stage: null };
  return { run: null, status: "invalid", output: null, failure, problems: [], usage: null };
}

/** Says why a run could not begin. */
export function reportInvalid(
  file: CheckedFile,
  style: ReportStyle,
  hint: string | null,
  { out, err }: Terminal,
): void {
  err.write(problemLines(file, err));
  if (hint !== null) err.write(`${hint}\n`);
  if (style === "json") {
    const problems = problemsAsJson(file);
    const document = { run: null, status: "invalid", output: null, failure: null, problems, usage: null };
    out.document(document);
  }
}

/** A run that is over. */
export interface EndedRun {
  /** The id of its record in the workspace, if there is one. */
  readonly run: string | null;
  readonly result: RunResult;
  /** What its models used, from where it went on where it did. */
  readonly usage: UsageTotals;
  /** Null where it began anew. */
  readonly before: GoneOn | null;
  /** What became of its stages, those of the record that it goes on from too. */
  readonly state: RunState;
  /** Lines of logs that were not shown. */
  readonly hiddenLogs: number;
  readonly telling: Telling;
}

/** Gives the output, or says why there is none; and what models used. */
export function reportResult(ended: EndedRun, style: ReportStyle, { out, err }: Terminal): void {
  const { status, output, failure } = ended.result;
  if (ended.telling !== "quiet") summarize(ended, err);
  if (failure !== null) {
    const where = failure.stage === null ? "The run" : `Stage "${printable(failure.stage)}"`;
    err.write(`${err.style("red", `${where} failed: ${failure.type}`)}\n${printable(failure.message)}\n`);
  } else if (status === "cancelled") err.write(`${err.style("yellow", "The run was cancelled.")}\n`);
  if (style === "json") out.document(documentOf(ended));
  else if (status === "succeeded") {
    if (typeof output === "object" && output !== null) out.document(output);
    else out.write(typeof output === "string" ? `${output}\n` : `${JSON.stringify(output)}\n`);
  }
}

function summarize({ run, usage, before, state, hiddenLogs }: EndedRun, err: Channel): void {
  const say = (line: string): void => err.write(`${err.style("gray", line)}\n`);
  for (const line of summaryTable(state, err, before?.since)) err.write(`${line}\n`);
  if (hiddenLogs > 0) {
    const lines = hiddenLogs === 1 ? "1 log is" : `${hiddenLogs} logs are`;
    say(`${lines} not shown: see --verbose${run === null ? "" : `, or fm logs ${run}`}.`);
  }
  for (const line of usageLines(usage, before)) say(line);
}

function documentOf({ run, result: { status, output, failure }, usage, before }: EndedRun): object {
  const earlier = before === null ? {} : { usageBefore: usedOrNull(before.usage) };
  return { run, status, output: output ?? null, failure, problems: [], usage: usedOrNull(usage), ...earlier };
}

function usedOrNull(usage: UsageTotals): JsonObject | null {
  return usage.calls === 0 ? null : usageAsJson(usage);
}
