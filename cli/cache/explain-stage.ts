import { foldRun } from "#core/journal";
import { keptFor } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { readNamedRun } from "../runs/read-run.ts";
import { isoTime } from "../runs/run-document.ts";
import { stagesCalled } from "../runs/stages-called.ts";
import { timeWords } from "../runs/words.ts";
import { usable, workspaceRuns } from "../runs/workspace-runs.ts";
import { type Channel, printable, type Terminal } from "../terminal.ts";
import { type CacheLook, cacheLooks } from "./cache-looks.ts";
import { type Comparison, compareToNearest } from "./compare-to-nearest.ts";

/** Says what the cache did for a stage of a run, and what was different. Throws {@link UsageError} and {@link UnusableInput}. */
export async function explainStage(
  [name, stage, ...more]: readonly string[],
  line: CommandLine,
  terminal: Terminal,
): Promise<ExitCode> {
  if (name === undefined || stage === undefined || more.length > 0)
    throw new UsageError("Name one run and one stage: fm cache explain RUN STAGE.");
  const runs = await workspaceRuns(line, terminal);
  const { inspected, recorded } = await readNamedRun(runs, name, terminal);
  stagesCalled(foldRun(recorded.events), stage);
  const looks = cacheLooks(recorded.events, stage);
  if (looks.length === 0)
    throw new UnusableInput(
      `In the run ${inspected.runId} nothing was looked for in the cache for a stage ${printable(stage)}: it declares no cache, it did not begin, or the run was to use none.`,
    );
  const { root } = runs.workspace;
  const explained: (readonly [CacheLook, Comparison | null])[] = [];
  for (const look of looks) {
    const { outcome } = look;
    const kept = outcome?.kind === "miss" ? await usable(keptFor(root, outcome.group)) : [];
    explained.push([look, outcome?.kind === "miss" ? compareToNearest(outcome, look.at, kept) : null]);
  }
  const { out } = terminal;
  if (line.has("json")) {
    const stages = explained.map(([look, comparison]) => documentOf(look, comparison));
    out.write(`${JSON.stringify({ run: inspected.runId, stages }, null, 2)}\n`);
  } else for (const [look, comparison] of explained) tell(look, comparison, out);
  return exitCode.done;
}

function documentOf({ stage, attempt, outcome, end }: CacheLook, comparison: Comparison | null): object {
  const isHit = outcome?.kind === "hit";
  return {
    stage,
    attempt,
    outcome: outcome?.kind ?? null,
    why: outcome?.kind === "miss" ? outcome.why : null,
    key: outcome?.key ?? null,
    stored_by: isHit ? outcome.storedBy : null,
    stored_at: isHit ? isoTime(outcome.storedAt) : null,
    stored: end?.kind === "stored",
    reason: end?.kind === "not-stored" ? end.reason : null,
    nearest:
      comparison === null
        ? null
        : { run: comparison.nearest.run, stored_at: isoTime(comparison.nearest.storedAt) },
    changes: comparison?.changes ?? [],
  };
}

function tell(
  { stage, attempt, outcome, end }: CacheLook,
  comparison: Comparison | null,
  out: Channel,
): void {
  const lines = [
    `${out.style("bold", printable(attempt > 1 ? `${stage}#${attempt}` : stage))}  ${printable(said(outcome))}`,
  ];
  if (comparison !== null) {
    const { nearest, changes } = comparison;
    lines.push(`nearest  that of the run ${printable(nearest.run)}, kept ${timeWords(nearest.storedAt)}`);
    for (const { ingredient, change } of changes)
      lines.push(`  ${change.padEnd(7)}  ${printable(ingredient)}`);
    if (changes.length === 0) lines.push("  nothing that counts is different");
  }
  if (end?.kind === "stored") lines.push("Its output was kept.");
  if (end?.kind === "not-stored") lines.push(`Nothing was kept: ${printable(end.reason)}.`);
  out.write(`${lines.join("\n")}\n`);
}

function said(outcome: CacheLook["outcome"]): string {
  if (outcome === null) return "the cache could not be used";
  if (outcome.kind === "hit")
    return `hit: the output of the run ${outcome.storedBy}, kept ${timeWords(outcome.storedAt)}`;
  switch (outcome.why) {
    case "absent":
      return "miss: no output was kept for what it was given";
    case "expired":
      return "miss: what was kept is older than its retention";
    case "damaged":
      return "miss: what was kept was damaged, and was removed";
  }
}
