import type { DebugProtocol } from "@vscode/debugprotocol";
import { createExecutor } from "#core/components";
import { type Gate, type Override, type OverrideAnswer, type RunResult, startRun } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { JournalEvent } from "#core/journal";
import type { FrameStep, StageAddress } from "#core/ports";
import { withoutEditor } from "#core/providers";
import {
  type Cassette,
  CassetteError,
  closeAll,
  componentFolders,
  createNodePorts,
  JournalFileError,
  nodeClock,
  openExecutors,
  openStageCache,
  type Pins,
  type RunRecording,
  redactedRun,
} from "#host";
import type { RunStateBody } from "#protocol";
import type { Client } from "./connection.ts";
import type { ConsoleOutput } from "./console-output.ts";
import { createEditorModels, type EditorModels } from "./editor-models.ts";
import type { Lane } from "./lanes.ts";
import { tellMissingKeys } from "./missing-keys.ts";
import { lookAt, observeRun, tellOf } from "./observed-run.ts";
import { openQuestions } from "./open-questions.ts";
import { openTraces } from "./open-traces.ts";
import type { History } from "./past/history.ts";
import type { PastStates } from "./past/past-states.ts";
import type { PreparedLaunch } from "./prepare-launch.ts";
import type { RunFile } from "./run-files.ts";
import type { RunStateReporter } from "./run-state-reporter.ts";

/** A run as the session sees it. */
export interface LaunchedRun {
  readonly pipelineName: string;
  /** The id of one of its own stages. */
  readonly anyStage: string;
  readonly history: History;
  readonly states: PastStates;
  readonly reporter: RunStateReporter;
  lanes(): readonly Lane[];
  /** The stage that a branch is at; null where there is no such branch. */
  addressOf(lane: number): StageAddress | null;
  /** The branches that have a stage under way. */
  atWork(): readonly number[];
  /** The file that the stages of a frame are written in. */
  fileAt(frames: readonly FrameStep[]): RunFile;
  /** What expressions of a stage see now. */
  scopeAt(address: StageAddress): Scope;
  /** Sets a value by hand where a stage stands still. */
  override(change: Override): OverrideAnswer;
  /** Writes a line about a stage to the console. */
  readonly say: ConsoleOutput["say"];
  /** Gives an answer; throws {@link adapterErrors.answer} when it is not taken. */
  answer(args: unknown): void;
  /** The requests that answer for VS Code's models. */
  readonly modelAnswers: EditorModels["requests"];
  cancel(): void;
  /** Leaves a stage out that stands at its first gate; false where none does. */
  skipStage(lane: number): boolean;
  /** Cuts off the answer that a stage is getting; false where none is coming, or nothing of it has come. */
  cutOffAnswer(address: StageAddress): boolean;
  /** Why a stage cannot be tried again where it stands; null where it can. */
  whyNoRetry(address: StageAddress): string | null;
  /** Tries a stage again that stands at its second gate; false where that cannot be. */
  retryStage(address: StageAddress): boolean;
  /** Nobody looks at it any more. */
  leave(): void;
  /** Cancels what one stage is doing; false where it is not at work. */
  cancelStage(address: StageAddress): boolean;
  /** Resolves to the exit code once the run has ended and everything was told: 0 when it succeeded, else 1. */
  readonly finished: Promise<number>;
}

/** What a run writes to, and closes at its end; and what stands in for its stages, null for nothing. */
export interface LaunchedFiles {
  readonly pins: Pins | null;
  readonly record: RunRecording;
  readonly cassette: Cassette;
}

/** How a run is debugged: it asks at its gate, and what happens in it is heard of. */
export interface RunDebugging {
  readonly gate: Gate;
  readonly heard: (event: JournalEvent) => void;
}

/** Starts the run; every event of it goes to its record, to the console and, by `report`, to the canvas. */
export function startLaunchedRun(
  prepared: PreparedLaunch,
  { record, cassette, pins }: LaunchedFiles,
  { gate, heard }: RunDebugging,
  client: Client,
  report: (body: RunStateBody) => void,
): LaunchedRun {
  const { path, plan, workspace, project, env, secrets, editor, startFrom } = prepared;
  const write = (body: DebugProtocol.OutputEvent["body"]): void => client.event("output", body);
  const observed = observeRun({ plan, path, root: workspace.root }, record.journal);
  const telling = tellOf(observed, write, report);
  const { reporter, output } = telling;
  const missingKeys = tellMissingKeys(client);
  const questions = openQuestions(workspace.root, client);
  const models = createEditorModels(client, secrets.redactor, nodeClock);
  const ports = createNodePorts({
    workspaceRoot: workspace.root,
    codeFolders: componentFolders(workspace.manifest),
    env,
    providers: workspace.manifest.providers,
    prices: workspace.manifest.prices,
    http: workspace.manifest.http,
    people: questions.people,
    editor: editor === "answers" ? models : withoutEditor(editor),
    secrets,
  });
  const traces = openTraces(prepared, record.runId, write);
  const { executors, close } = openExecutors(workspace, project.own, secrets.visible);
  const executor = createExecutor(
    { ...ports, models: cassette.over(ports.models) },
    { definitions: project.definitions, executors },
  );
  // What a cassette answers is not what the models would, and is not kept.
  const cache = cassette.kind === "none" ? openStageCache(workspace, project.own, secrets) : null;
  const cached = cache?.over(executor) ?? executor;
  // What a fork takes over was told and asked by the other run.
  let isTakenOver = startFrom !== null;
  const onEvent = (event: JournalEvent): void => {
    if (event.kind === "run-resumed") isTakenOver = false;
    observed.record(event);
    heard(event);
    if (!isTakenOver) output.record(event);
    if (!isTakenOver) missingKeys(event);
    reporter.record(event);
    traces.onEvent(event);
  };
  const run = startRun(plan, {
    ...redactedRun({ journal: observed.journal, onEvent }, secrets.redactor),
    executor: pins?.over(cached) ?? cached,
    clock: ports.clock,
    random: ports.random,
    runId: record.runId,
    // What is not recorded would cost its money for nothing.
    signal: record.broken,
    gate: observed.lanes.watch(gate),
    ...(startFrom === null ? {} : { startFrom }),
  });
  return {
    ...lookAt(observed, telling, run),
    answer: questions.answer,
    modelAnswers: models.requests,
    leave: () => run.cancel(),
    finished: run.finished
      .finally(() =>
        closeAll(
          questions.close,
          close,
          () => cache?.close(),
          () => record.close(),
          () => cassette.close(),
          () => traces.close(),
        ),
      )
      .then(
        (result) => {
          reporter.flush();
          writeResult(result, write);
          return result.status === "succeeded" ? 0 : 1;
        },
        (error: unknown) => {
          if (!(error instanceof JournalFileError || error instanceof CassetteError)) throw error;
          reporter.flush();
          write({ category: "stderr", output: `The run was stopped. ${error.message}\n` });
          return 1;
        },
      ),
  };
}

/** The output goes out as text: the adapter ends with the run, so that nothing could be expanded afterwards. */
function writeResult(result: RunResult, write: (body: DebugProtocol.OutputEvent["body"]) => void): void {
  switch (result.status) {
    case "succeeded":
      // VS Code draws what is for the console in the colour of warnings.
      write({ category: "stdout", output: `Output: ${JSON.stringify(result.output ?? null, null, 2)}\n` });
      return;
    case "failed":
      write({ category: "stderr", output: `The run failed${whereAndWhy(result)}\n` });
      return;
    case "cancelled":
      write({ category: "console", output: "The run was cancelled.\n" });
      return;
  }
}

function whereAndWhy({ failure }: RunResult): string {
  if (failure === null) return ".";
  return `${failure.stage === null ? "" : ` at ${failure.stage}`}: ${failure.message}`;
}
