import { join } from "node:path";
import {
  EditFault,
  editInput,
  editText,
  endedSince,
  estimateOf,
  forkWith,
  liveReplayWords,
  type RunEdit,
  stagesIn,
} from "#core/engine";
import type { RecordedRun } from "#core/journal";
import { readRunFile, recordRun, retentionOf, runFolder } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { readNamedFile } from "../read-file.ts";
import { carryOut } from "../run/carry-out.ts";
import { exitCodeOf } from "../run/exit-code-of.ts";
import { chooseObservation } from "../run/observe-run.ts";
import { asUnusable } from "../run/open-record.ts";
import { readBudget } from "../run/read-budget.ts";
import { type ReportStyle, reportInvalid, reportResult, reportUnusable } from "../run/report.ts";
import { tellingOf } from "../run/telling.ts";
import { documentOf } from "../runs/continuation-document.ts";
import { type NamedRun, namedRun } from "../runs/named-run.ts";
import { type PlannedRecord, planOfRecord } from "../runs/plan-of-record.ts";
import { type RecordedStart, recordedStart } from "../runs/recorded-start.ts";
import { consentNeeded, tellContinuation, tellEstimate } from "../runs/tell-continuation.ts";
import type { Terminal } from "../terminal.ts";
import { readSetting } from "./read-settings.ts";

/** Does what `fm fork` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function forkNamedRun(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const style = line.has("json") ? "json" : "plain";
  try {
    const named = await namedRun(line, terminal);
    return await fork(named, { line, style, terminal });
  } catch (caught) {
    const error = asUnusable(caught instanceof EditFault ? asSetting(caught) : caught, line, terminal);
    if (error instanceof UnusableInput) reportUnusable(error.message, style, terminal);
    throw error;
  }
}

interface Asked {
  readonly line: CommandLine;
  readonly style: ReportStyle;
  readonly terminal: Terminal;
}

async function fork({ workspace, store, runId }: NamedRun, asked: Asked): Promise<ExitCode> {
  const { line, style, terminal } = asked;
  const folder = await runFolder(store, runId);
  if (folder === undefined) throw new UnusableInput(`The run ${runId} is not there any longer.`);
  const { recorded } = await readRunFile(join(folder, "journal.ndjson"));
  const start = recordedStart(runId, recorded);
  const observation = await chooseObservation(workspace, line, terminal);
  const seq = readSeq(line.text("at"), recorded, "--at") ?? recorded.events.at(-1)?.seq ?? 0;
  const stages = stagesIn(recorded.events);
  const settings = line.texts("set").map((text) => readSetting(text, stages));
  const before = await planOfRecord(start, workspace, line, terminal);
  const after = await planEdited(start, settings, workspace, asked);
  for (const planned of [before, after]) {
    if (planned.ok) continue;
    const path = line.text("pipeline") ?? start.event.pipeline.path ?? start.event.pipeline.name;
    reportInvalid({ path, text: planned.text, problems: planned.problems }, style, null, terminal);
    return exitCode.unusable;
  }
  if (!before.ok || !after.ok) return exitCode.unusable;
  const again = line.texts("again");
  const unknown = again.find((stage) => !stages.has(stage));
  if (unknown !== undefined)
    throw new UsageError(`--again ${unknown}: the run has not come to such a stage.`);
  const since = readSeq(line.text("again-from"), recorded, "--again-from");
  const live = since === null ? [] : endedSince(recorded.events, since);
  const changes = [
    ...settings.map(({ written }) => written),
    ...again.map((stage) => `${stage} again`),
    ...(since === null ? [] : [liveReplayWords(since)]),
    ...(line.has("pipeline") ? ["pipeline"] : []),
  ];
  const origin = { runId, seq, changes };
  const continuation = forkWith(
    { before: before.plan, after: after.plan },
    recorded,
    origin,
    settings,
    new Set([...again, ...live]),
  );
  const telling = tellingOf(line);
  if (telling !== "quiet" || line.has("dry-run")) tellContinuation(continuation, terminal);
  if (line.has("dry-run")) {
    tellEstimate(estimateOf(continuation, recorded), terminal);
    if (style === "json") terminal.out.write(documentOf(continuation, recorded));
    return exitCode.done;
  }
  if (continuation.effects.length > 0 && !line.has("repeat-effects")) {
    const message = consentNeeded(runId, continuation.effects, "fm fork");
    terminal.err.write(`${message}\n`);
    reportUnusable(message, style, terminal);
    return exitCode.no;
  }
  const record = await recordRun({
    workspaceRoot: workspace.root,
    program: "fm fork",
    keep: "in-workspace",
    copy: null,
    retention: retentionOf(workspace.manifest.runs),
  });
  if (telling !== "quiet")
    terminal.err.write(`${terminal.err.style("gray", `run ${record.runId}, from ${runId}`)}\n`);
  const ended = await carryOut(
    { ...after, startFrom: continuation.startFrom, observation },
    workspace,
    record,
    line,
    terminal,
  );
  reportResult(ended, style, terminal);
  return exitCodeOf(ended.result);
}

async function planEdited(
  start: RecordedStart,
  settings: readonly RunEdit[],
  workspace: NamedRun["workspace"],
  { line, terminal }: Asked,
): Promise<PlannedRecord> {
  const file = line.text("pipeline");
  const text =
    file === undefined
      ? start.texts.get(start.event.pipeline.path ?? "")
      : await readNamedFile(file, terminal);
  return await planOfRecord(start, workspace, line, terminal, {
    text: editText(text ?? "", settings),
    budget: readBudget(line),
    input: editInput(start.input, settings),
    from: file === undefined ? "record" : "files",
    ...(line.has("provider") ? { provider: line.text("provider") ?? null } : {}),
  });
}

/** Null where it is not given. */
function readSeq(text: string | undefined, { events }: RecordedRun, option: string): number | null {
  const last = events.at(-1)?.seq ?? 0;
  if (text === undefined) return null;
  const seq = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seq <= last))
    throw new UsageError(`${option} takes the number of an event, 0 to ${last}; this is ${text}.`);
  return seq;
}

/** What is wrong with a `--set`. */
function asSetting({ kind, written, message }: EditFault): UsageError | UnusableInput {
  switch (kind) {
    case "path":
      return new UsageError(`--set ${written}: ${message}`);
    case "file":
      return new UnusableInput(
        `--set ${written}: ${message} For a stage of another file, edit that and use --pipeline.`,
      );
    case "run":
      return new UnusableInput(`--set ${written}: ${message}`);
  }
}
