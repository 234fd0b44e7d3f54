import type { DebugProtocol } from "@vscode/debugprotocol";
import { createExecutor } from "#core/components";
import { type Gate, type GatePoint, type RunResult, startRun } from "#core/engine";
import type { Scope } from "#core/expressions";
import { createMemoryJournal } from "#core/journal";
import { lineIndex, type PipelineDocument, stageById, stageSpan } from "#core/pipeline";
import { createNodePorts } from "#host";
import { runStateEvent } from "#protocol";
import type { Client } from "./connection.ts";
import { createConsoleOutput } from "./console-output.ts";
import { createLanes, type Lane } from "./lanes.ts";
import type { PreparedLaunch } from "./prepare-launch.ts";
import { createRunStateReporter, type RunStateReporter } from "./run-state-reporter.ts";

/** A range of the file, counted as DAP does: from 1. */
export interface Place {
  readonly line1: number;
  readonly column1: number;
  readonly endLine1: number;
  readonly endColumn1: number;
}

/** A run as the session sees it. */
export interface LaunchedRun {
  readonly path: string;
  readonly pipelineName: string;
  readonly reporter: RunStateReporter;
  lanes(): readonly Lane[];
  /** Where a stage is written; the file's beginning for null. */
  placeOf(stage: string | null): Place;
  /** What expressions see where a branch waits. */
  scopeAt(point: GatePoint): Scope;
  cancel(): void;
  /** Resolves to the exit code once the run has ended and everything was told: 0 when it succeeded, else 1. */
  readonly finished: Promise<number>;
}

/** Starts the run; every event of it goes to the console and to the canvas. */
export function startLaunchedRun(prepared: PreparedLaunch, gate: Gate, client: Client): LaunchedRun {
  const { path, plan, document, workspace, env } = prepared;
  const places = placesIn(document);
  const write = (body: DebugProtocol.OutputEvent["body"]): void => client.event("output", body);
  const reporter = createRunStateReporter(path, (body) => client.event(runStateEvent.name, body));
  const output = createConsoleOutput((stage) => ({ path, line1: places(stage).line1 }), write);
  const lanes = createLanes(plan.pipeline.name);
  const ports = createNodePorts({
    workspaceRoot: workspace.root,
    env,
    providers: workspace.manifest.providers,
    http: workspace.manifest.http,
  });
  const run = startRun(plan, {
    executor: createExecutor(ports),
    clock: ports.clock,
    random: ports.random,
    journal: createMemoryJournal(),
    gate: lanes.watch(gate),
    onEvent: (event) => {
      output.record(event);
      reporter.record(event);
    },
  });
  return {
    path,
    pipelineName: plan.pipeline.name,
    reporter,
    lanes: lanes.all,
    placeOf: places,
    scopeAt: (point) => {
      const scope = run.scopeAt(point.address);
      if (scope === undefined) throw new Error(`the run has no stage "${point.stage}" where it waits at one`);
      return scope;
    },
    cancel: () => run.cancel(),
    finished: run.finished.then((result) => {
      reporter.flush();
      writeResult(result, write);
      return result.status === "succeeded" ? 0 : 1;
    }),
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

/** Looks stages up in the text once, when the first is asked for. */
function placesIn(document: PipelineDocument): (stage: string | null) => Place {
  const lines = lineIndex(document.text);
  return (id) => {
    const stage = id === null ? undefined : stageById(document, id);
    if (stage === undefined) return { line1: 1, column1: 1, endLine1: 1, endColumn1: 1 };
    const span = stageSpan(document, stage);
    const start = lines.positionAt(span.start);
    const end = lines.positionAt(span.end);
    return {
      line1: start.line0 + 1,
      column1: start.character + 1,
      endLine1: end.line0 + 1,
      endColumn1: end.character + 1,
    };
  };
}
