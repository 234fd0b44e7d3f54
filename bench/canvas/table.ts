import { medianOf, milliseconds, verdict } from "../journal/figures.ts";
import type { ContenderName } from "./pages.ts";

const titles: Readonly<Record<ContenderName, string>> = {
  flowmason: "FlowMason",
  measured: "React Flow, visible only",
  given: "the same, sizes and handles given",
  floor: "plain elements, visible only",
};

/** What was measured of each contender, in milliseconds. */
export class Samples {
  readonly #of = new Map<ContenderName, number[]>();

  add(contender: ContenderName, ms: number): void {
    const list = this.#of.get(contender);
    if (list === undefined) this.#of.set(contender, [ms]);
    else list.push(ms);
  }

  of(contender: ContenderName): readonly number[] {
    return this.#of.get(contender) ?? [];
  }
}

/** Rows of median, spread and our part of each; `goal` is the part of React Flow's that ours may be. */
export function table(
  title: string,
  samples: Samples,
  contenders: readonly ContenderName[],
  goal: number,
): string {
  const ours = medianOf(samples.of("flowmason"));
  const rows = contenders.map((contender) => {
    const times = samples.of(contender);
    const ratio = ours / medianOf(times);
    const line = `  ${titles[contender].padEnd(34)} ${milliseconds(medianOf(times)).padStart(8)}  ${spread(times).padEnd(16)}`;
    if (contender === "flowmason") return line.trimEnd();
    const held = contender === "measured" ? `; goal ≤ ${goal} × ${verdict(ratio <= goal)}` : "";
    return `${line} ours is ${ratio.toFixed(2)} × it${held}`;
  });
  return [title, ...rows, ""].join("\n");
}

/** The middle half of the figures: `1.2–1.9`. */
export function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string =>
    milliseconds(sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN).replace(" ms", "");
  return `${at(0.25)}–${at(0.75)}`;
}
