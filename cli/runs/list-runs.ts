import { type ForkRow, forkRows } from "#core/journal";
import { type FamilyRun, type InspectedRun, listRuns, withFork } from "#host";
import { type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { printable, type Terminal } from "../terminal.ts";
import { durationOf, runDocument } from "./run-document.ts";
import { columns, costWords, durationWords, forkWords, statusWord, timeWords, tokenWords } from "./words.ts";
import { usable, workspaceRuns } from "./workspace-runs.ts";

/** Does what `fm runs` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function listRecordedRuns(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  if (line.operands.length > 0) throw new UsageError("fm runs takes no operands; fm show RUN shows one run.");
  const limit = limitOf(line.text("limit") ?? "20");
  const { store } = await workspaceRuns(line, terminal);
  const { runs, total } = await usable(listRuns(store, limit));
  const { out, err } = terminal;
  if (line.has("json")) out.write(`${JSON.stringify({ runs: runs.map(runDocument), total }, null, 2)}\n`);
  else printRuns(line.has("tree") ? forkRows(runs.map(withFork)) : runs.map(alone), terminal);
  if (total === 0) err.write("No run of this workspace is recorded yet. fm run records one.\n");
  else if (total > limit) err.write(`${total - limit} more: fm runs --limit all\n`);
  return exitCode.done;
}

function limitOf(text: string): number {
  if (text === "all") return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`--limit is a number from 1, or all; not "${text}".`);
  return Number(text);
}

/** A line of the list: a run at some depth of a tree of forks, or one that is there no longer and was forked. */
type RunRow = ForkRow<FamilyRun>;

function alone(run: InspectedRun): RunRow {
  return { runId: run.runId, run: withFork(run), depth: 0 };
}

function printRuns(runs: readonly RunRow[], { out }: Terminal): void {
  const rows = runs.map(({ runId, run, depth }) => {
    const id = depth === 0 ? printable(runId) : `${"  ".repeat(depth - 1)}└ ${printable(runId)}`;
    if (run === null) return [id, "gone"];
    const { pipeline, fork, startedAt, inputTokens, outputTokens, costUsd } = run.summary;
    return [
      id,
      run.status,
      printable(pipeline?.name ?? "-"),
      timeWords(startedAt),
      durationWords(durationOf(run)),
      tokenWords(inputTokens, outputTokens),
      costUsd === null ? "" : costWords(costUsd),
      fork === null ? "" : `fork of ${forkWords(fork)}`,
    ];
  });
  for (const [index, [id = "", status = "", ...rest]] of columns(rows).entries()) {
    const run = runs[index]?.run ?? null;
    const word = run === null ? status : statusWord(run.status, status, out);
    out.write(`${[id, word, ...rest].join("  ").trimEnd()}\n`);
  }
}
