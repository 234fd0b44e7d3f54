import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../setup/root.mjs";
import { prepare } from "../stages/prepare.ts";

/** The tests that `npm test` does a share of: they ask `test/support/soak.ts` how much. */
function sharedTests(): readonly string[] {
  return readdirSync(inRoot("test"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => path.join("test", file))
    .filter((file) => readFileSync(inRoot(file), "utf8").includes("/support/soak.ts"));
}

/** No law is done in the time that a test has otherwise. */
const patience = `--test-timeout=${60 * 60 * 1000}`;

/** `npm run soak`: the same tests with all their cases, which takes a quarter of an hour and more. */
export async function main(): Promise<number> {
  await prepare(new Set(["bundles"] as const));
  const vitest = inRoot("node_modules", "vitest/vitest.mjs");
  const env = { ...process.env, FLOWMASON_SOAK: "1" };
  return (
    spawnSync(process.execPath, [vitest, "run", patience, ...sharedTests()], { stdio: "inherit", env })
      .status ?? 1
  );
}
