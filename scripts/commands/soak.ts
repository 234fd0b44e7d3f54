import { spawnSync } from "node:child_process";
import { inRoot } from "../setup/root.mjs";
import { prepare } from "../stages/prepare.ts";

/** Tests of laws and of crashes that `npm test` does a share of. */
const tests: readonly string[] = [
  "test/cli/crash.process.test.ts",
  "test/core/engine/resume-laws.test.ts",
  "test/core/engine/fork-laws.test.ts",
];

/** `npm run soak`: the same tests with all their cases, which takes a quarter of an hour and more. */
export async function main(): Promise<number> {
  await prepare(new Set(["bundles"] as const));
  const vitest = inRoot("node_modules", "vitest/vitest.mjs");
  const env = { ...process.env, FLOWMASON_SOAK: "1" };
  return spawnSync(process.execPath, [vitest, "run", ...tests], { stdio: "inherit", env }).status ?? 1;
}
