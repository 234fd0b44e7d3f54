import { spawnSync } from "node:child_process";
import { inRoot } from "../setup/root.mjs";
import { StepFailure } from "../setup/steps.mjs";

const programs: ReadonlyMap<string, string> = new Map([
  ["biome", "@biomejs/biome/bin/biome"],
  ["oxlint", "oxlint/bin/oxlint"],
  ["tsc", "typescript/bin/tsc"],
  ["vitest", "vitest/vitest.mjs"],
]);

/** Runs a program by its name, or a TypeScript file of the repository, with the rest of the arguments. */
export async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined) {
    throw new StepFailure(`Name a TypeScript file or one of ${[...programs.keys()].join(", ")}.`);
  }
  const program = programs.get(name);
  // Those that look at types look at the benchmark's too. Loading what prepares takes longer than many a program.
  if (name === "tsc" || name === "oxlint") {
    const { prepare } = await import("../stages/prepare.ts");
    await prepare(new Set(["peers"]));
  }
  const file = program === undefined ? name : inRoot("node_modules", program);
  const { status } = spawnSync(process.execPath, [file, ...args], { stdio: "inherit" });
  return status ?? 1;
}
