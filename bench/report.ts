import type { Timing } from "./measure.ts";

/** What our time is held against: the contender's name, and how many times its time ours may be. */
export type Goals = ReadonlyMap<string, number>;

/**
 * A table of one shape at one size: microseconds a stage, spread, the first row's time as a ratio of each, and
 * whether that meets its goal where there is one.
 */
export function table(title: string, timings: readonly Timing[], stages: number, goals: Goals): string {
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
      verdict(goals.get(timing.name), ratio),
    ];
  });
  const header = ["", "a stage (median)", "p25–p75", "ours is", "goal"];
  return `${title}\n${aligned([header, ...rows])}\n`;
}

/** What a stage costs in the larger of two sizes as a multiple of what it costs in the smaller, and the goal for it. */
export function growth(smaller: Cost, larger: Cost, most: number): string {
  const ratio = larger.ms / larger.stages / (smaller.ms / smaller.stages);
  return `  A stage of ${larger.stages} costs ${ratio.toFixed(2)} × one of ${smaller.stages}; goal ${verdict(most, ratio)}\n`;
}

/** What a run of so many stages took. */
export interface Cost {
  readonly ms: number;
  readonly stages: number;
}

/** A ratio as a fraction where it is below 1. */
export function ratioText(ratio: number): string {
  return ratio >= 1 ? `${ratio.toFixed(2)} × it` : `1/${(1 / ratio).toFixed(ratio < 0.1 ? 0 : 2)} of it`;
}

/** Whether a ratio meets its goal; empty where there is none. */
export function verdict(goal: number | undefined, ratio: number): string {
  if (goal === undefined) return "";
  return `${goal >= 1 ? `≤ ${goal} ×` : `≤ 1/${Math.round(1 / goal)}`} ${ratio <= goal ? "met" : "missed"}`;
}

/** Rows of cells as lines, each column as wide as its widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}
