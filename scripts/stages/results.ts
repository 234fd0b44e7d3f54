import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../setup/root.mjs";
import type { StageReport, TestOutcome } from "./stage.ts";

/** Everything a test run leaves behind; git ignores it. */
export const resultsFolder = inRoot("test-results");

const reports = path.join(resultsFolder, "stages");

/** Forgets what a stage found before, so that a stage that dies leaves no old success. */
export function clearReport(stage: string): void {
  rmSync(path.join(reports, `${stage}.json`), { force: true });
}

/** Keeps what a stage found, for `npm run rows`. */
export function writeReport(stage: string, report: StageReport): void {
  mkdirSync(reports, { recursive: true });
  writeFileSync(path.join(reports, `${stage}.json`), `${JSON.stringify(report.tests, null, 1)}\n`);
}

/** The outcomes of the last run of every stage. */
export function lastOutcomes(): readonly TestOutcome[] {
  if (!existsSync(reports)) return [];
  return readdirSync(reports).flatMap((file): readonly TestOutcome[] =>
    JSON.parse(readFileSync(path.join(reports, file), "utf8")),
  );
}
