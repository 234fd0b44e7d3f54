import { spawnSync } from "node:child_process";
import { inRoot } from "../setup/root.mjs";
import { StepFailure } from "../setup/steps.mjs";
import { prepare } from "../stages/prepare.ts";
import type { Need } from "../stages/stage.ts";

const programs: Readonly<Record<string, { readonly file: string; readonly needs: readonly Need[] }>> = {
  engine: { file: inRoot("bench", "main.ts"), needs: ["peers"] },
  journal: { file: inRoot("bench", "journal", "main.ts"), needs: ["peers"] },
  layout: { file: inRoot("bench", "layout", "main.ts"), needs: ["peers"] },
  activation: { file: inRoot("bench", "activation", "main.ts"), needs: [] },
  debug: { file: inRoot("bench", "debug", "main.ts"), needs: ["bundles"] },
  merge: { file: inRoot("bench", "merge", "main.ts"), needs: ["peers"] },
  canvas: { file: inRoot("bench", "canvas", "main.ts"), needs: ["browser"] },
};

/** `npm run bench [-- NAME …]`: measures engine, journal, layout, merge, activation, debugger and canvas beside their peers and prints the figures. */
export async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !Object.hasOwn(programs, name));
  if (unknown !== undefined)
    throw new StepFailure(`There is no bench "${unknown}". There are: ${Object.keys(programs).join(", ")}.`);
  const chosen = Object.entries(programs).filter(([name]) => names.length === 0 || names.includes(name));
  await prepare(new Set(chosen.flatMap(([, { needs }]) => needs)));
  let status = 0;
  for (const [, { file }] of chosen)
    status ||= spawnSync(process.execPath, ["--expose-gc", file], { stdio: "inherit" }).status ?? 1;
  return status;
}
