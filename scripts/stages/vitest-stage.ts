import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { runLogged } from "../setup/processes.mjs";
import { inRoot } from "../setup/root.mjs";
import { StepFailure } from "../setup/steps.mjs";
import { resultsFolder } from "./results.ts";
import type { Need, Stage, StageReport, TestOutcome } from "./stage.ts";

/** A project of vitest.config.ts as a stage. */
export function vitestStage(project: string, needs: readonly Need[]): Stage {
  return { name: project, needs, run: () => runProject(project) };
}

async function runProject(project: string): Promise<StageReport> {
  const file = path.join(resultsFolder, `vitest-${project}.json`);
  rmSync(file, { force: true });
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ];
  const logFile = inRoot(".cache", "logs", `test-${project}.log`);
  let stopped: StepFailure | undefined;
  try {
    await runLogged(`test-${project}`, process.execPath, [
      inRoot("node_modules", "vitest", "vitest.mjs"),
      ...args,
    ]);
  } catch (error) {
    stopped = StepFailure.from(error);
  }
  // vitest has no report when it could not even start.
  if (!existsSync(file)) throw stopped ?? new StepFailure("vitest wrote no report", { log: logFile });
  const tests = outcomes(JSON.parse(readFileSync(file, "utf8")));
  if (stopped !== undefined && tests.every((test) => test.status !== "failed")) {
    // An error outside any test, such as a rejection nobody handled, fails the stage as well.
    const message = `${stopped.message}; see ${logFile}`;
    return {
      tests: [...tests, { title: `${project} as a whole`, status: "failed", durationMs: 0, message }],
      logFile,
    };
  }
  return { tests, logFile };
}

/** The part of vitest's JSON report that is read here. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly title: string;
      readonly status: string;
      readonly duration?: number | null;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

function outcomes(report: VitestReport): readonly TestOutcome[] {
  return report.testResults.flatMap((file): readonly TestOutcome[] => {
    const tests = file.assertionResults.map((test): TestOutcome => {
      const base = { title: test.title, durationMs: test.duration ?? 0 };
      if (test.status === "passed") return { ...base, status: "passed" };
      if (test.status !== "failed") return { ...base, status: "skipped" };
      return { ...base, status: "failed", message: (test.failureMessages ?? []).join("\n") };
    });
    if (file.status !== "failed" || tests.some((test) => test.status === "failed")) return tests;
    // The file itself could not be loaded, so that none of its tests ran.
    const title = path.relative(inRoot(), file.name);
    return [...tests, { title, status: "failed", durationMs: 0, message: file.message }];
  });
}
