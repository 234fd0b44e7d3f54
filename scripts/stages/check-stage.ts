import { readFileSync } from "node:fs";
import { runLogged } from "../setup/processes.mjs";
import { inRoot } from "../setup/root.mjs";
import { StepFailure } from "../setup/steps.mjs";
import type { Stage, StageReport, TestOutcome } from "./stage.ts";

/** Format, lint and types: each counts as one test. */
export const checkStage: Stage = { name: "check", needs: ["peers"], run: runChecks };

async function runChecks(): Promise<StageReport> {
  return {
    tests: [
      await check("format", ["@biomejs/biome/bin/biome", "check"], "npm run format puts it right"),
      await check("lint", ["oxlint/bin/oxlint", "--type-aware", "--deny-warnings"], "npm run lint shows it"),
      await check("types", ["typescript/bin/tsc", "-b"], "npm run typecheck shows it"),
    ],
  };
}

async function check(
  title: string,
  [program = "", ...args]: readonly string[],
  advice: string,
): Promise<TestOutcome> {
  const started = performance.now();
  const outcome = (status: "passed" | "failed"): TestOutcome => ({
    title,
    status,
    durationMs: performance.now() - started,
  });
  try {
    await runLogged(`check-${title}`, process.execPath, [inRoot("node_modules", program), ...args]);
    return outcome("passed");
  } catch (error) {
    const { message, log } = StepFailure.from(error);
    const end =
      log === undefined ? message : readFileSync(log, "utf8").trimEnd().split("\n").slice(-10).join("\n");
    return { ...outcome("failed"), message: `${advice}. The end of ${log ?? "it"}:\n${end}` };
  }
}
