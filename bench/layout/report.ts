import type { Timing } from "../measure.ts";
import { aligned, ratioText } from "../report.ts";

/** What a contender took, and how many edges cross in its layout; null where it was not run. */
export interface Result {
  readonly timing: Timing;
  readonly crossings: number | null;
}

/** Goal E: no more crossings than the best peer, d3-dag, in a twentieth of its time. */
const goalOf = "d3-dag";
const timeGoal = 1 / 20;
const crossingsGoal = 1;

/** A table of one graph: time, spread, crossings, ours as a ratio of each, and whether that meets its goal. */
export function comparison(title: string, results: readonly Result[]): string {
  const [ours] = results;
  const rows = results.map(({ timing, crossings }) => {
    if (timing.missing !== null) return [timing.name, `not run: ${timing.missing}`];
    const figures = [
      timing.name,
      `${timing.median.toFixed(1)} ms`,
      `${timing.p25.toFixed(1)}–${timing.p75.toFixed(1)} (${timing.runs})`,
      String(crossings),
    ];
    if (ours === undefined || timing === ours.timing) return figures;
    const time = ours.timing.median / timing.median;
    const crossed = (ours.crossings ?? Number.NaN) / (crossings ?? Number.NaN);
    const isGoal = timing.name.startsWith(goalOf);
    return [
      ...figures,
      ratioText(time) + (isGoal ? verdict(" (≤ 1/20)", time <= timeGoal) : ""),
      `${crossed.toFixed(2)} ×${isGoal ? verdict(" (≤ 1 ×)", crossed <= crossingsGoal) : ""}`,
    ];
  });
  const header = ["", "median", "p25–p75 (runs)", "crossings", "our time is", "our crossings are"];
  return `${title}\n${aligned([header, ...rows])}\n`;
}

function verdict(goal: string, isMet: boolean): string {
  return `${goal} ${isMet ? "met" : "MISSED"}`;
}
