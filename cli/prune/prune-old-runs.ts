import { type PrunedRun, parseAge, parseSize, pruneRuns, type RetentionLimits, retentionOf } from "#host";
import { type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { sizeWords } from "../runs/words.ts";
import { usable, workspaceRuns } from "../runs/workspace-runs.ts";
import type { Terminal } from "../terminal.ts";

/** Does what `fm prune` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function pruneOldRuns(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  if (line.operands.length > 0)
    throw new UsageError("fm prune takes no operands; the options say what is kept.");
  const given = givenLimits(line);
  const { workspace, store } = await workspaceRuns(line, terminal);
  const limits = { ...retentionOf(workspace.manifest.runs), ...given };
  const isDry = line.has("dry-run");
  const { removed, spared } = await usable(pruneRuns(store, limits, isDry ? "only-tell" : "remove"));
  const { out, err } = terminal;
  if (line.has("json")) {
    const document = { removed: removed.map(documentOf), spared: spared.map(documentOf), dry_run: isDry };
    out.write(`${JSON.stringify(document, null, 2)}\n`);
    return exitCode.done;
  }
  for (const { runId, bytes, reason } of removed) out.write(`${runId}  ${sizeWords(bytes)}  ${reason}\n`);
  for (const { runId } of spared) err.write(`${runId} is at work or waits for an answer, and is kept.\n`);
  const bytes = removed.reduce((total, run) => total + run.bytes, 0);
  const count = `${removed.length} ${removed.length === 1 ? "run" : "runs"}, ${sizeWords(bytes)}`;
  err.write(isDry ? `${count} would be removed.\n` : `${count} removed.\n`);
  return exitCode.done;
}

function givenLimits(line: CommandLine): Partial<RetentionLimits> {
  const [keep, age, size] = [line.text("keep"), line.text("older-than"), line.text("max-size")];
  if (keep !== undefined && !/^\d{1,9}$/.test(keep))
    throw new UsageError(`--keep is a number from 0, not "${keep}".`);
  return {
    ...(keep === undefined ? {} : { keep: Number(keep) }),
    ...(age === undefined
      ? {}
      : { maxAgeMs: quantity(parseAge(age), "--older-than", age, "12h, 30d or 8w") }),
    ...(size === undefined
      ? {}
      : { maxBytes: quantity(parseSize(size), "--max-size", size, "500MB or 1GB") }),
  };
}

function quantity(value: number | null, option: string, text: string, like: string): number {
  if (value === null) throw new UsageError(`${option} is written as ${like}, not "${text}".`);
  return value;
}

function documentOf({ runId, bytes, reason }: PrunedRun): object {
  return { id: runId, bytes, reason };
}
