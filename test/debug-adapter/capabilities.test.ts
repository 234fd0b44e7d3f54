import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { attachedCapabilities, pastCapabilities } from "../../debug-adapter/capabilities.ts";

/** For each capability that is announced, the beginning of the title of a test that drives it in the built adapter. */
const drivenBy: Readonly<Record<string, string>> = {
  supportsConfigurationDoneRequest: "a breakpoint stops before its stage",
  supportsFunctionBreakpoints: "DB-03 a function breakpoint stops",
  supportsBreakpointLocationsRequest: "DB-03 the places for breakpoints",
  supportsConditionalBreakpoints: "DB-04 a condition sees",
  supportsHitConditionalBreakpoints: "DB-04 a hit count counts",
  supportsLogPoints: "DB-04 a log point writes",
  exceptionBreakpointFilters: "DB-06 all failures stop",
  supportsExceptionFilterOptions: "DB-06 filters by class",
  supportsExceptionInfoRequest: "DB-06 all failures stop",
  supportsDataBreakpoints: "DB-05 a value at a path stops",
  supportsSetVariable: "DB-14 what is set by hand at a stop",
  supportsSetExpression: "DB-14 what is set by hand at a stop",
  supportsRestartFrame: "a stage is tried again where it failed",
  supportsStepInTargetsRequest: "DB-09 a step into a stage",
  supportsStepBack: "TT-02 TT-03 DB-20 a stopped run goes back",
  supportsGotoTargetsRequest: "TT-02 TT-03 DB-20 a stopped run goes back",
  supportsSingleThreadExecutionRequests: "DB-07 branches that run at the same time",
  supportsTerminateThreadsRequest: "DB-07 a branch that is ended",
  supportTerminateDebuggee: "DB-17 a debugger that disconnects may end the run",
  supportsTerminateRequest: "terminate cancels the run",
  supportsEvaluateForHovers: "a hover shows a value",
  supportsCompletionsRequest: "DB-13 what is typed",
  completionTriggerCharacters: "DB-13 what is typed",
  supportsClipboardContext: "a hover shows a value",
};

test("DB-23 each capability that is announced is driven by a test of this folder", () => {
  const announced = Object.entries({ ...attachedCapabilities, ...pastCapabilities }).flatMap(
    ([flag, value]) => (value === false ? [] : [flag]),
  );
  expect(Object.keys(drivenBy).toSorted()).toEqual(announced.toSorted());
  const texts = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".process.test.ts"))
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8"));
  const missing = Object.entries(drivenBy).filter(
    ([, title]) =>
      !texts.some((text) =>
        [`test("${title}`, `)("${title}`, `\n  "${title}`].some((start) => text.includes(start)),
      ),
  );
  expect(missing).toEqual([]);
});
