import { foldRun, type JournalEvent, type RecordedRun } from "#core/journal";
import { addressKey, type Json, type LogLevel } from "#core/ports";
import { type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { readNamedRun } from "../runs/read-run.ts";
import { stagesCalled } from "../runs/stages-called.ts";
import { workspaceRuns } from "../runs/workspace-runs.ts";
import { type Channel, printable, type Terminal } from "../terminal.ts";

/** Something that a stage said. */
interface LogEntry {
  readonly seq: number;
  readonly at: string;
  readonly stage: string;
  readonly attempt: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly values: Json;
}

/** Does what `fm logs` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function printLogs(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [name, stage, ...more] = line.operands;
  if (name === undefined || more.length > 0) throw new UsageError("Name one run, and one stage at most.");
  const { inspected, recorded } = await readNamedRun(await workspaceRuns(line, terminal), name, terminal);
  // A name that means nothing is told from a stage that said nothing.
  if (stage !== undefined) stagesCalled(foldRun(recorded.events), stage);
  const logs = recorded.events.flatMap((event) => entryOf(event, recorded, stage));
  const { out, err } = terminal;
  if (line.has("json")) out.write(`${JSON.stringify({ run: inspected.runId, logs }, null, 2)}\n`);
  else for (const entry of logs) out.write(`${lineOf(entry, out)}\n`);
  if (logs.length === 0) err.write("Nothing was logged.\n");
  return exitCode.done;
}

function entryOf(
  event: JournalEvent,
  { value }: RecordedRun,
  stage: string | undefined,
): readonly LogEntry[] {
  if (event.kind !== "stage-log" && event.kind !== "stage-failed") return [];
  const { seq, address, attempt } = event;
  const key = addressKey(address);
  if (stage !== undefined && stage !== key && stage !== address.stage) return [];
  const beginning = { seq, at: new Date(event.at).toISOString(), stage: key, attempt };
  if (event.kind === "stage-failed") {
    const { type, message } = event.failure;
    return [{ ...beginning, level: "error", message: `${type}: ${message}`, values: null }];
  }
  const values = event.values === undefined ? null : (value(event.values) ?? null);
  return [{ ...beginning, level: event.level, message: event.message, values }];
}

function lineOf({ at, stage, attempt, level, message, values }: LogEntry, out: Channel): string {
  const where = printable(attempt > 1 ? `${stage}#${attempt}` : stage);
  const more = values === null ? "" : ` ${out.style("gray", printable(JSON.stringify(values)))}`;
  const word = level.padEnd(7);
  const shown = level === "error" ? out.style("red", word) : word;
  return `${out.style("gray", at)} ${shown} ${where}: ${printable(message)}${more}`;
}
