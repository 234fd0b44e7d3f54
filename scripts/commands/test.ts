import { parseArgs } from "node:util";
import { StepFailure, seconds } from "../setup/steps.mjs";
import { prepare } from "../stages/prepare.ts";
import { clearReport, writeReport } from "../stages/results.ts";
import type { Stage, StageReport, TestOutcome } from "../stages/stage.ts";
import { stages } from "../stages/stages.ts";

/** `npm test [-- --only unit,e2e]`: installs what is missing and runs every test. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { only: { type: "string" } } });
  const chosen = chooseStages(values.only);
  const started = performance.now();
  await prepare(new Set(chosen.flatMap((stage) => stage.needs)));
  const outcomes: TestOutcome[] = [];
  for (const stage of chosen) outcomes.push(...(await runStage(stage)).tests);
  return conclude(outcomes, performance.now() - started);
}

function chooseStages(only: string | undefined): readonly Stage[] {
  if (only === undefined) return stages;
  const names = only.split(",").map((name) => name.trim());
  const unknown = names.find((name) => stages.every((stage) => stage.name !== name));
  if (unknown !== undefined) {
    const known = stages.map((stage) => stage.name).join(", ");
    throw new StepFailure(`There is no stage "${unknown}". There are: ${known}.`);
  }
  return stages.filter((stage) => names.includes(stage.name));
}

/** Runs a stage, shows what failed in it, and keeps its outcomes. */
async function runStage(stage: Stage): Promise<StageReport> {
  clearReport(stage.name);
  process.stdout.write(`… ${stage.name}\n`);
  const started = performance.now();
  const report = await survivingRun(stage);
  writeReport(stage.name, report);
  const failed = report.tests.filter((test) => test.status === "failed");
  const took = seconds(performance.now() - started);
  const sign = failed.length === 0 ? "✓" : "✗";
  const passed = count(report.tests, "passed");
  process.stdout.write(`${sign} ${stage.name}: ${passed} passed, ${failed.length} failed (${took})\n`);
  for (const test of failed) process.stdout.write(`  ✗ ${test.title}\n${excerpt(test.message ?? "")}\n`);
  if (failed.length > 0 && report.logFile !== undefined) {
    process.stdout.write(`  The whole output: ${report.logFile}\n`);
  }
  return report;
}

/** A stage that dies counts as one failed test, so that the others still run. */
async function survivingRun(stage: Stage): Promise<StageReport> {
  try {
    return await stage.run();
  } catch (error) {
    const { message, log } = StepFailure.from(error);
    const title = `${stage.name} as a whole`;
    return {
      tests: [{ title, status: "failed", durationMs: 0, message }],
      ...(log === undefined ? {} : { logFile: log }),
    };
  }
}

/** The last line is for people and programs: `N passed, M failed`, alone on its line. */
function conclude(outcomes: readonly TestOutcome[], milliseconds: number): number {
  const passed = count(outcomes, "passed");
  const failed = count(outcomes, "failed");
  const skipped = count(outcomes, "skipped");
  process.stdout.write(`\nTook ${seconds(milliseconds)}.${skipped > 0 ? ` ${skipped} were skipped.` : ""}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function count(outcomes: readonly TestOutcome[], status: TestOutcome["status"]): number {
  return outcomes.filter((outcome) => outcome.status === status).length;
}

/** The first lines of a message without the frames of the test runner; the rest is in the log. */
function excerpt(message: string): string {
  return message
    .split("\n")
    .filter((line) => !/^\s+at .*node_modules/.test(line))
    .slice(0, 12)
    .map((line) => `      ${line}`)
    .join("\n");
}
