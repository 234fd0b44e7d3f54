import { createExecutor } from "#core/components";
import { type RunPlan, type StartFrom, startRun } from "#core/engine";
import { applyEvent, countUsage, emptyRunState, type JournalEvent, noUsage } from "#core/journal";
import type { ModelPort } from "#core/ports";
import { createNodePorts, type OpenedProject, openExecutors, type RunRecording, type Workspace } from "#host";
import type { CommandLine } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import { openQuestions } from "./open-questions.ts";
import { createProgress } from "./progress.ts";
import type { EndedRun } from "./report.ts";

/** What is run, and from where it goes on; null where it begins. */
export interface RunToDo {
  readonly plan: RunPlan;
  readonly project: OpenedProject;
  readonly startFrom: StartFrom | null;
  /** What is asked in place of the models, such as a cassette; themselves without it. */
  readonly models?: (own: ModelPort) => ModelPort;
}

/** Runs to the end, telling how it goes and counting what it costs from here on, and closes the record. Rejects with what the record rejects with. */
export async function carryOut(
  { plan, project, startFrom, models = (own) => own }: RunToDo,
  workspace: Workspace,
  record: RunRecording,
  line: CommandLine,
  terminal: Terminal,
): Promise<EndedRun> {
  const { root, manifest } = workspace;
  const { providers, prices, http } = manifest;
  const questions = await openQuestions(root, line, terminal);
  const { people } = questions;
  const ports = createNodePorts({ workspaceRoot: root, env: terminal.env, providers, prices, http, people });
  const { interrupted, err } = terminal;
  const tell = (): void => err.write("Cancelling. Press Ctrl+C again to end at once.\n");
  interrupted.addEventListener("abort", tell, { once: true });
  const { definitions, own } = project;
  const { executors, close } = openExecutors(workspace, own, terminal.env);
  const progress = createProgress(terminal);
  let usage = noUsage;
  const hear = (event: JournalEvent): void => {
    usage = countUsage(usage, event);
    progress(event);
  };
  const state = emptyRunState();
  const tellNew = startFrom === null ? hear : afterResumed(hear);
  const started = startRun(plan, {
    executor: createExecutor({ ...ports, models: models(ports.models) }, { definitions, executors }),
    clock: ports.clock,
    random: ports.random,
    runId: record.runId,
    journal: record.journal,
    // What is not recorded would cost its money for nothing.
    signal: AbortSignal.any([interrupted, record.broken]),
    onEvent(event) {
      applyEvent(state, event);
      tellNew(event);
    },
    ...(startFrom === null ? {} : { startFrom }),
  });
  try {
    return { run: record.runId, result: await started.finished, usage, state };
  } finally {
    close();
    questions.close();
    await record.close();
  }
}

/** What is copied from a record is not done now. */
function afterResumed(tell: (event: JournalEvent) => void): (event: JournalEvent) => void {
  let isResumed = false;
  return (event) => {
    if (isResumed) tell(event);
    isResumed ||= event.kind === "run-resumed";
  };
}
