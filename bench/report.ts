import type { Timing } from "./measure.ts";

/** What our time is held against (goal A): the contender's name, and how many times its time ours may be. */
const goals: ReadonlyMap<string, number> = new Map([
  ["p-graph", 1],
  ["bare promises + two lines a stage", 4],
  ["LangGraph + MemorySaver", 1 / 300],
]);

/** A table of one shape at one size: microseconds a stage, spread, and the first row's time as a ratio of each. */
export function table(title: string, timings: readonly Timing[], stages: number): string {
  const [ours] = timings;
  const rows = timings.map((timing) => {
    if (timing.missing !== null) return [timing.name, `not run: ${timing.missing}`, "", "", ""];
    const perStage = (ms: number): string => ((ms * 1_000) / stages).toFixed(2);
    const ratio = ours === undefined ? Number.NaN : ours.median / timing.median;
    return [
      timing.name,
      `${perStage(timing.median)} µs`,
      `${perStage(timing.p25)}–${perStage(timing.p75)}`,
      timing === ours ? "" : ratioText(ratio),
      verdict(timing.name, ratio),
    ];
  });
  const header = ["", "a stage (median)", "p25–p75", "ours is", "goal"];
  return `${title}\n${aligned([header, ...rows])}\n`;
}

function ratioText(ratio: number): string {
  return ratio >= 1 ? `${ratio.toFixed(2)} × it` : `1/${(1 / ratio).toFixed(ratio < 0.1 ? 0 : 2)} of it`;
}

function verdict(name: string, ratio: number): string {
  const goal = goals.get(name);
  if (goal === undefined) return "";
  return `${goal >= 1 ? `≤ ${goal} ×` : `≤ 1/${Math.round(1 / goal)}`} ${ratio <= goal ? "met" : "missed"}`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}
