import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Run, RunPlan } from "#core/engine";
import type { JournalEvent, JournalSink } from "#core/journal";
import type { RunStateBody } from "#protocol";
import { type ConsoleOutput, createConsoleOutput } from "./console-output.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import type { LaunchedRun } from "./launched-run.ts";
import { createHistory, type History } from "./past/history.ts";
import { createPastStates, type PastStates } from "./past/past-states.ts";
import { rememberValues } from "./past/remember-values.ts";
import { createRunFiles, type RunFiles } from "./run-files.ts";
import { createRunStateReporter, type RunStateReporter } from "./run-state-reporter.ts";

/** What is kept of a run from its first event on, for whoever looks at it. */
export interface ObservedRun {
  readonly plan: RunPlan;
  readonly files: RunFiles;
  readonly history: History;
  readonly states: PastStates;
  readonly lanes: Lanes;
  /** The journal that the run is to be started with. */
  readonly journal: JournalSink;
  record(event: JournalEvent): void;
}

/** A run that has not begun, of the file at `path`, absolute; the files that it calls are below `root`. */
export function observeRun(
  { plan, path, root }: { readonly plan: RunPlan; readonly path: string; readonly root: string },
  journal: JournalSink,
): ObservedRun {
  const files = createRunFiles(plan, path, root);
  const remembered = rememberValues(journal);
  const history = createHistory(plan, [], remembered.value);
  const states = createPastStates(files);
  return {
    plan,
    files,
    history,
    states,
    lanes: createLanes(plan.pipeline.name),
    journal: remembered.journal,
    record: (event) => {
      files.record(event);
      history.record(event);
      states.record(event);
    },
  };
}

/** What a client is told of a run: what becomes of its stages, and lines for its console. */
export interface Telling {
  readonly reporter: RunStateReporter;
  readonly output: ConsoleOutput;
}

export function tellOf(
  { files }: ObservedRun,
  write: (body: DebugProtocol.OutputEvent["body"]) => void,
  report: (body: RunStateBody) => void,
): Telling {
  return {
    reporter: createRunStateReporter(files, report),
    output: createConsoleOutput(({ frames, stage }) => files.at(frames).placeOf(stage), write),
  };
}

/** A run as a session looks at it. */
export function lookAt(
  { plan, files, history, states, lanes }: ObservedRun,
  { reporter, output }: Telling,
  run: Run,
): Omit<LaunchedRun, "answer" | "modelAnswers" | "leave" | "finished"> {
  return {
    pipelineName: plan.pipeline.name,
    anyStage: plan.root.stages[0]?.id ?? "",
    history,
    states,
    reporter,
    lanes: lanes.all,
    addressOf: lanes.addressOf,
    atWork: lanes.atWork,
    fileAt: files.at,
    scopeAt: (address) => {
      const scope = run.scopeAt(address);
      if (scope === undefined)
        throw new Error(`the run has no stage "${address.stage}" where it waits at one`);
      return scope;
    },
    override: run.override,
    say: output.say,
    cancel: () => run.cancel(),
    cancelStage: run.cancelStage,
    cutOffAnswer: run.cutOffAnswer,
    whyNoRetry: run.whyNoRetry,
    retryStage: run.retryStage,
    skipStage: (lane) => {
      const address = lanes.addressOf(lane);
      if (address === null) return false;
      // Before, since the next stage on this branch begins at once.
      lanes.drop(lane);
      return run.skipStage(address, "it was left out by hand, in the debugger");
    },
  };
}
