import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { interleave } from "../measure.ts";
import { aligned, type Goals, ratioText, verdict } from "../report.ts";
import { bundleContenders } from "./bundle-contenders.ts";

/** Goal H: loading and activating, as multiples of the others. */
const goals: Goals = new Map([
  ["client + adapter + zod + ajv at once", 0.15],
  ["hello", 7],
]);
const mostBytes = 100 * 1024;
const loader = path.join(import.meta.dirname, "load-bundle.cjs");

console.log(`Activation: loading a bundle and calling its activate(), with a stub in place of VS Code, in a fresh Node
${process.versions.node} for each time, in turn. Only these two are timed, not the start of Node. Ratios count, not milliseconds.\n`);

const folder = mkdtempSync(path.join(tmpdir(), "flowmason-bench-"));
try {
  const contenders = await bundleContenders(folder);
  const spent = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  // The time of a process is not that of its bundle, so the process says that itself.
  await interleave(
    contenders.map(({ name, file }) => ({
      name,
      prepare: () => () => {
        spent.get(name)?.push(timeIn(file));
        return Promise.resolve(1);
      },
    })),
    { warmUps: 2, rounds: 25, capMs: 20_000, stages: 1 },
  );
  const medians = new Map(Array.from(spent, ([name, times]) => [name, spreadOf(times.slice(2))]));
  const ours = medians.get("FlowMason")?.median ?? Number.NaN;
  const rows = contenders.map(({ name, bytes }) => {
    const { p25, median, p75 } = medians.get(name) ?? spreadOf([]);
    const others =
      name === "FlowMason" ? [] : [ratioText(ours / median), verdict(goals.get(name), ours / median)];
    const spread = `${p25.toFixed(1)}–${p75.toFixed(1)}`;
    return [name, `${(bytes / 1024).toFixed(1)} KB`, `${median.toFixed(1)} ms`, spread, ...others];
  });
  console.log(aligned([["", "bundle", "load and activate (median)", "p25–p75", "ours is", "goal"], ...rows]));
  const bytes = contenders[0]?.bytes ?? Number.NaN;
  console.log(
    `\n  The bundle that is loaded at activation: goal ≤ 100 KB ${bytes <= mostBytes ? "met" : "missed"}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds that a fresh Node takes to load and activate a bundle. */
function timeIn(file: string): number {
  const answer = execFileSync(process.execPath, [loader, file], { encoding: "utf8" });
  const { load, activate } = JSON.parse(answer) as { readonly load: number; readonly activate: number };
  return load + activate;
}

function spreadOf(times: readonly number[]): {
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
} {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { p25: at(0.25), median: at(0.5), p75: at(0.75) };
}
