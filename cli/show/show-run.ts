import { createTimeline, type RunState } from "#core/journal";
import { forkFamily, forksOf } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type OpenRun, readNamedRun } from "../runs/read-run.ts";
import { stagesCalled } from "../runs/stages-called.ts";
import { usable, workspaceRuns } from "../runs/workspace-runs.ts";
import type { Terminal } from "../terminal.ts";
import { printRun, printStage } from "./print-run.ts";
import { showOrigin } from "./show-origin.ts";
import { stateDocument } from "./state-document.ts";

/** Does what `fm show` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function showRun(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [name, ...more] = line.operands;
  if (name === undefined || more.length > 0)
    throw new UsageError("Name one run: its id, an end of it, or latest.");
  const at = seqOf(line.text("at"));
  const runs = await workspaceRuns(line, terminal);
  const run = await readNamedRun(runs, name, terminal);
  const state = stateOf(run, at);
  const stage = line.text("stage");
  const stages = stage === undefined ? [...state.stages] : stagesCalled(state, stage);
  const origin = line.text("origin");
  if (origin !== undefined) {
    if (stage === undefined)
      throw new UsageError("--origin is of a value of a stage: name that with --stage.");
    showOrigin({ run, state, stages, written: origin }, line.has("json") ? "json" : "text", terminal);
    return exitCode.done;
  }
  const most = line.has("full") ? Number.POSITIVE_INFINITY : 4000;
  const { runId } = run.inspected;
  const forks = stage === undefined ? forksOf(await usable(forkFamily(runs.store, runId)), runId) : [];
  if (line.has("json")) {
    const values = stage === undefined ? "without-values" : "with-values";
    const document = stateDocument(run, state, stages, { values, most });
    const told = stage === undefined ? { ...document, forks: forks.map((fork) => fork.runId) } : document;
    terminal.out.write(`${JSON.stringify(told, null, 2)}\n`);
  } else if (stage === undefined) printRun(run, state, forks, terminal);
  else for (const [key, shown] of stages) printStage(key, shown, run.recorded, most, terminal);
  return exitCode.done;
}

function seqOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,15}$/.test(text))
    throw new UsageError(`--at is the number of an event, from 0; not "${text}".`);
  return Number(text);
}

function stateOf({ recorded, inspected }: OpenRun, at: number | null): RunState {
  const last = recorded.events.at(-1)?.seq ?? -1;
  if (at !== null && at > last)
    throw new UnusableInput(`The run ${inspected.runId} has no event ${at}; its last one is ${last}.`);
  return createTimeline(recorded.events).stateAt(at ?? last);
}
