import type { RunState } from "#core/journal";
import { type Since, type StageRow, stageRows } from "../runs/stage-rows.ts";
import { columns, costWords, durationWords, statusWord, tokenWords } from "../runs/words.ts";
import { type Channel, printable } from "../terminal.ts";

/**
 * A line for each stage of a run that is over, and one for what is left out; none where only one stage ran. What is
 * taken over from the record that the run goes on from, `since` when, is said to be, and took nothing.
 */
export function summaryTable(
  state: RunState,
  channel: Channel,
  since: Since | null = null,
): readonly string[] {
  const rows = stageRows(state, since);
  if (rows.length < 2) return [];
  const shown = mostTelling(rows);
  const cells = columns([HEAD, ...shown.map(cellsOf)]);
  const lines = cells.map(([status = "", ...rest], index) => {
    const row = shown[index - 1];
    const line = ["", ...rest].join("  ").trimEnd();
    if (row === undefined) return channel.style("gray", `${status}${line}`);
    if (isTakenOver(row)) return channel.style("gray", `${status}${line}`);
    return `${row.status === "waiting" ? status : statusWord(statusOf(row), status, channel)}${line}`;
  });
  const left = rows.length - shown.length;
  const more = `and ${left} more that did not fail and took less time; fm show tells of all`;
  return left === 0 ? lines : [...lines, channel.style("gray", more)];
}

const HEAD = ["STATUS", "STAGE", "TIME", "ATTEMPTS", "TOKENS", "COST"];
const MOST_LINES = 40;

/** Failures and what took longest, in the run's order. */
function mostTelling(rows: readonly StageRow[]): readonly StageRow[] {
  if (rows.length <= MOST_LINES) return rows;
  const byWeight = rows.toSorted((a, b) =>
    weightOf(a) < weightOf(b) ? 1 : weightOf(a) > weightOf(b) ? -1 : 0,
  );
  const chosen = new Set(byWeight.slice(0, MOST_LINES));
  return rows.filter((row) => chosen.has(row));
}

/** Whether all that there is of it is from the record. What was left out is that still. */
function isTakenOver({ rounds, takenOver, status }: StageRow): boolean {
  return takenOver === rounds && takenOver > 0 && status !== "skipped";
}

/** A stage of which no round ran is told as such. */
function statusOf({ status, rounds, cachedRounds }: StageRow): StageRow["status"] | "cached" {
  return status === "succeeded" && cachedRounds === rounds ? "cached" : status;
}

function weightOf({ status, durationMs }: StageRow): number {
  return status === "failed" ? Number.POSITIVE_INFINITY : (durationMs ?? -1);
}

function cellsOf(row: StageRow): readonly string[] {
  const { stage, rounds, failedRounds, takenOver, cachedRounds, durationMs, attempts, usage } = row;
  const failed = failedRounds === 0 ? "" : `, ${failedRounds} failed`;
  const taken = takenOver === 0 || takenOver === rounds ? "" : `, ${takenOver} taken over`;
  const cached = cachedRounds === 0 || cachedRounds === rounds ? "" : `, ${cachedRounds} cached`;
  const isTold = usage.calls > usage.uncountedCalls;
  return [
    isTakenOver(row) ? "taken over" : statusOf(row),
    printable(stage.replaceAll(/\s/g, " ")) +
      (rounds > 1 ? ` (${rounds} rounds${failed}${taken}${cached})` : ""),
    durationWords(durationMs),
    attempts === 0 ? "-" : String(attempts),
    isTold ? tokenWords(usage.inputTokens, usage.outputTokens) : "-",
    usage.calls > usage.unpricedCalls ? costWords(usage.costUsd) : "-",
  ];
}
