import { createExecutor } from "#core/components";
import { type RunPlan, type RunResult, type StartFrom, startRun } from "#core/engine";
import { applyEvent, countUsage, foldRun, type JournalEvent, noUsage, type UsageTotals } from "#core/journal";
import { addressKey, type ModelPort } from "#core/ports";
import { type Redactor, redactedFailure } from "#core/secrets";
import {
  closeAll,
  componentFolders,
  createNodePorts,
  type OpenedProject,
  openExecutors,
  openStageCache,
  type RunRecording,
  redactedRun,
  type SecretStore,
  type Workspace,
} from "#host";
import type { CommandLine } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import type { Since } from "../runs/stage-rows.ts";
import type { Terminal } from "../terminal.ts";
import { usesCache } from "./cache-options.ts";
import type { DebugOption } from "./debug-options.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { type Observation, observeRun } from "./observe-run.ts";
import { openForDebugging } from "./open-for-debugging.ts";
import { openRunPins } from "./open-pins.ts";
import { openQuestions } from "./open-questions.ts";
import { createProgress } from "./progress.ts";
import type { EndedRun } from "./report.ts";
import { tellingOf } from "./telling.ts";

/** What is run, and from where it goes on; null where it begins. */
export interface RunToDo {
  readonly plan: RunPlan;
  readonly project: OpenedProject;
  readonly secrets: SecretStore;
  readonly startFrom: StartFrom | null;
  readonly observation: Observation;
  /** Where debuggers attach to it, and the file that it is of; none without it. */
  readonly debug?: DebugOption & { readonly path: string };
  /** What is asked in place of the models, such as a cassette; themselves without it. */
  readonly models?: (own: ModelPort) => ModelPort;
}

/** What came before a run went on from a record, and when it did. */
export interface GoneOn {
  readonly since: Since;
  /** What models had used: of the run itself before it stopped; for a fork, in what it takes over from the other run. */
  readonly usage: UsageTotals;
  readonly kind: "resumed" | "forked";
}

/**
 * Runs to the end, telling how it goes and counting what it costs from here on, and closes the record. Rejects with what
 * the record rejects with.
 */
export async function carryOut(
  { plan, project, secrets, startFrom, observation, debug, models = (own) => own }: RunToDo,
  workspace: Workspace,
  record: RunRecording,
  line: CommandLine,
  terminal: Terminal,
): Promise<EndedRun> {
  const telling = tellingOf(line);
  const { root, manifest } = workspace;
  const { providers, prices, http } = manifest;
  const { definitions, own } = project;
  const { journal } = record;
  // First, since what it says of a port that cannot be had is all that there is to do.
  const debugged =
    debug === undefined
      ? null
      : await openForDebugging({ plan, definitions, root, journal }, debug, secrets, terminal).catch(
          async (error: unknown) => {
            await record.close();
            throw error;
          },
        );
  const pins = await openRunPins(plan, root, line, terminal).catch(async (error: unknown) => {
    await record.close();
    throw error;
  });
  const questions = await openQuestions(root, line, terminal);
  const { people } = questions;
  const { env } = terminal;
  const codeFolders = componentFolders(manifest);
  const ports = createNodePorts({
    workspaceRoot: root,
    codeFolders,
    env,
    providers,
    prices,
    http,
    people,
    secrets,
  });
  const { interrupted, err } = terminal;
  const tell = (): void => err.write("Cancelling. Press Ctrl+C again to end at once.\n");
  interrupted.addEventListener("abort", tell, { once: true });
  const { executors, close } = openExecutors(workspace, own, secrets.visible);
  const cache = usesCache(line) ? openStageCache(workspace, own, secrets) : null;
  const progress = createProgress(terminal, telling);
  const traced = { runId: record.runId, secrets, telling, record: startFrom?.events ?? null };
  const observer = observeRun(observation, traced, terminal);
  let usage = noUsage;
  // What is taken over is known before: a fork copies it into its own journal first, which is nothing that it does.
  const state = foldRun(startFrom?.events ?? []);
  const heardOf = new Set<string>();
  const hear = (event: JournalEvent): void => {
    applyEvent(state, event);
    usage = countUsage(usage, event);
    if ("address" in event) heardOf.add(addressKey(event.address));
    progress.hear(event);
  };
  const tellNew = startFrom === null ? hear : fromResumed(hear);
  const onEvent = (event: JournalEvent): void => {
    tellNew(event);
    observer.onEvent(event);
    debugged?.onEvent(event);
  };
  const since: Since = { at: ports.clock.now(), heardOf };
  const executor = createExecutor({ ...ports, models: models(ports.models) }, { definitions, executors });
  const cached = cache?.over(executor) ?? executor;
  const started = startRun(plan, {
    ...redactedRun({ journal: debugged?.journal ?? journal, onEvent }, secrets.redactor),
    executor: pins?.over(cached) ?? cached,
    clock: ports.clock,
    random: ports.random,
    runId: record.runId,
    // What is not recorded would cost its money for nothing.
    signal: AbortSignal.any([interrupted, record.broken]),
    ...(startFrom === null ? {} : { startFrom }),
    ...(debugged === null ? {} : { gate: debugged.gate }),
  });
  debugged?.began(started);
  let code: number = exitCode.defect;
  try {
    const result = redactedResult(await started.finished, secrets.redactor);
    code = exitCodeOf(result);
    const before = startFrom === null ? null : goneOn(startFrom, since);
    return { run: record.runId, result, usage, before, state, hiddenLogs: progress.hiddenLogs(), telling };
  } finally {
    progress.end();
    await closeAll(
      close,
      () => debugged?.ended(code),
      () => questions.close(),
      () => cache?.close(),
      () => record.close(),
      () => observer.close(),
    );
  }
}

function redactedResult({ status, output, failure }: RunResult, redactor: Redactor): RunResult {
  return {
    status,
    output: output === undefined ? undefined : redactor.value(output),
    failure: failure === null ? null : redactedFailure(redactor, failure),
  };
}

function goneOn({ events, own, resumed }: StartFrom, since: Since): GoneOn {
  const [kind, counted] = resumed.fork === null ? (["resumed", own] as const) : (["forked", events] as const);
  return { since, kind, usage: counted.reduce(countUsage, noUsage) };
}

/** What is copied from a record is not done now. */
function fromResumed(tell: (event: JournalEvent) => void): (event: JournalEvent) => void {
  let isResumed = false;
  return (event) => {
    isResumed ||= event.kind === "run-resumed";
    if (isResumed) tell(event);
  };
}
