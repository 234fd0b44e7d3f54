import { estimateOf, resumeRun } from "#core/engine";
import { standingEvents } from "#core/journal";
import { openRunForAppend, type ReopenedRun } from "#host";
import { type CommandLine, UnusableInput } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { carryOut } from "../run/carry-out.ts";
import { exitCodeOf } from "../run/exit-code-of.ts";
import { chooseObservation } from "../run/observe-run.ts";
import { asUnusable } from "../run/open-record.ts";
import { readBudget } from "../run/read-budget.ts";
import { type ReportStyle, reportInvalid, reportResult, reportUnusable } from "../run/report.ts";
import { tellingOf } from "../run/telling.ts";
import { documentOf } from "../runs/continuation-document.ts";
import { type NamedRun, namedRun } from "../runs/named-run.ts";
import { planOfRecord } from "../runs/plan-of-record.ts";
import { recordedStart } from "../runs/recorded-start.ts";
import { consentNeeded, tellContinuation, tellEstimate } from "../runs/tell-continuation.ts";
import type { Terminal } from "../terminal.ts";
import { refuseChangedCallees } from "./refuse-changed.ts";

/** Does what `fm resume` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function resumeNamedRun(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const style = line.has("json") ? "json" : "plain";
  try {
    const named = await namedRun(line, terminal);
    const opened = await openRunForAppend(named.store, named.runId, "fm resume");
    if (opened.kind === "busy") throw new UnusableInput(opened.message);
    return await goOn(named, opened.run, { line, style, terminal });
  } catch (caught) {
    const error = asUnusable(caught, line, terminal);
    if (error instanceof UnusableInput) reportUnusable(error.message, style, terminal);
    throw error;
  }
}

interface Asked {
  readonly line: CommandLine;
  readonly style: ReportStyle;
  readonly terminal: Terminal;
}

async function goOn({ workspace, runId }: NamedRun, run: ReopenedRun, asked: Asked): Promise<ExitCode> {
  const { line, style, terminal } = asked;
  const telling = tellingOf(line);
  let isCarriedOut = false;
  try {
    refuseEnded(runId, run);
    const start = recordedStart(runId, run.recorded);
    const observation = await chooseObservation(workspace, line, terminal);
    const planned = await planOfRecord(start, workspace, line, terminal, { budget: readBudget(line) });
    if (!planned.ok) {
      const path = start.event.pipeline.path ?? start.event.pipeline.name;
      const hint = `The run goes on with its pipeline as it was recorded, whose lines these are, and with the components and secrets of now. With another pipeline: fm fork ${runId} --pipeline FILE`;
      reportInvalid({ path, text: planned.text, problems: planned.problems }, style, hint, terminal);
      return exitCode.unusable;
    }
    refuseChangedCallees(runId, planned.plan, run.recorded);
    const continuation = resumeRun(planned.plan, run.recorded);
    if (telling !== "quiet" || line.has("dry-run")) tellContinuation(continuation, terminal);
    if (line.has("dry-run")) {
      tellEstimate(estimateOf(continuation, run.recorded), terminal);
      if (style === "json") terminal.out.write(documentOf(continuation, run.recorded));
      return exitCode.done;
    }
    const { effects, startFrom } = continuation;
    if (effects.length > 0 && !line.has("repeat-effects"))
      return refuse(consentNeeded(runId, effects, "fm resume"), asked);
    isCarriedOut = true;
    const ended = await carryOut({ ...planned, startFrom, observation }, workspace, run, line, terminal);
    reportResult(ended, style, terminal);
    return exitCodeOf(ended.result);
  } finally {
    if (!isCarriedOut) await run.close();
  }
}

function refuseEnded(runId: string, { recorded }: ReopenedRun): void {
  const end = standingEvents(recorded.events).find((event) => event.kind === "run-finished");
  if (end?.kind !== "run-finished" || end.status !== "succeeded") return;
  throw new UnusableInput(
    `The run ${runId} has succeeded, so that there is nothing to go on with. To run parts of it otherwise, see fm fork --help.`,
  );
}

/** The answer is no: nothing has run. */
function refuse(message: string, { style, terminal }: Asked): ExitCode {
  terminal.err.write(`${message}\n`);
  reportUnusable(message, style, terminal);
  return exitCode.no;
}
