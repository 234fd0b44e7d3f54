import { compareRuns } from "#core/journal";
import { type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { readNamedRun } from "../runs/read-run.ts";
import { workspaceRuns } from "../runs/workspace-runs.ts";
import type { Terminal } from "../terminal.ts";
import { comparisonDocument } from "./comparison-document.ts";
import { printComparison } from "./print-comparison.ts";

/** Does what `fm diff-runs` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function diffRuns(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const format = line.text("format") ?? "text";
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format is text or json, not "${format}".`);
  const [one, other, ...more] = line.operands;
  if (one === undefined || other === undefined || more.length > 0) throw new UsageError("Name two runs.");
  const runs = await workspaceRuns(line, terminal);
  const before = await readNamedRun(runs, one, terminal);
  const after = await readNamedRun(runs, other, terminal);
  const comparison = compareRuns(before.recorded, after.recorded);
  const sides = { before: before.inspected, after: after.inspected };
  if (format === "json")
    terminal.out.write(`${JSON.stringify(comparisonDocument(comparison, sides), null, 2)}\n`);
  else printComparison(comparison, sides, terminal);
  return comparison.isAlike ? exitCode.done : exitCode.no;
}
