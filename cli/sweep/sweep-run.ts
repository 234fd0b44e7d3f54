import { join } from "node:path";
import { EditFault } from "#core/engine";
import { forkOutcome } from "#core/journal";
import { addressKey, type Json } from "#core/ports";
import { readRunFile, recordRun, retentionOf, runFolder } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { problemLines } from "../problem-lines.ts";
import { carryOut } from "../run/carry-out.ts";
import { chooseObservation } from "../run/observe-run.ts";
import { asUnusable } from "../run/open-record.ts";
import { tellingOf } from "../run/telling.ts";
import type { NamedRun } from "../runs/named-run.ts";
import { consentNeeded } from "../runs/tell-continuation.ts";
import { idOfRun, workspaceRuns } from "../runs/workspace-runs.ts";
import { printable, type Terminal } from "../terminal.ts";
import { type PlannedVariant, planSweep } from "./plan-sweep.ts";
import { planDocument, printVariants, type SweptVariant, sweepDocument, tellSweep } from "./tell-sweep.ts";

/** Does what `fm sweep` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function sweepNamedRun(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [name, path, ...values] = line.operands;
  if (name === undefined || path === undefined || values.length === 0)
    throw new UsageError(
      "Name a run, what to set, and its values: fm sweep latest draft.config.prompt '\"…\"' '\"…\"'.",
    );
  try {
    const runs = await workspaceRuns(line, terminal);
    const named = { ...runs, runId: await idOfRun(runs, name) };
    return await sweep(named, { path, values }, line, terminal);
  } catch (error) {
    if (error instanceof EditFault) throw new UnusableInput(`${error.written}: ${error.message}`);
    throw asUnusable(error, line, terminal);
  }
}

async function sweep(
  named: NamedRun,
  asked: { readonly path: string; readonly values: readonly string[] },
  line: CommandLine,
  terminal: Terminal,
): Promise<ExitCode> {
  const { runId } = named;
  const sweepPlan = await planSweep(named, asked, line, terminal);
  if (!sweepPlan.ok) {
    const { text, problems } = sweepPlan.problem;
    terminal.err.write(problemLines({ path: asked.path, text, problems }, terminal.err));
    return exitCode.unusable;
  }
  const { variants, stage } = sweepPlan;
  if (tellingOf(line) !== "quiet" || line.has("dry-run")) tellSweep(variants, terminal);
  if (line.has("dry-run")) {
    if (line.has("json")) terminal.out.document(planDocument(runId, asked.path, variants));
    return exitCode.done;
  }
  const effects = new Map(
    variants.flatMap(({ continuation }) => continuation.effects.map((each) => [addressKey(each), each])),
  );
  if (effects.size > 0 && !line.has("repeat-effects")) {
    terminal.err.write(`${consentNeeded(runId, [...effects.values()], "fm sweep")}\n`);
    return exitCode.no;
  }
  const swept: SweptVariant[] = [];
  for (const variant of variants) swept.push(await carryOutVariant(named, variant, stage, line, terminal));
  if (line.has("json")) terminal.out.document(sweepDocument(runId, asked.path, swept));
  else printVariants(swept, stage, terminal);
  if (terminal.interrupted.aborted) return exitCode.cancelled;
  return swept.every(({ outcome }) => outcome?.status === "succeeded") ? exitCode.done : exitCode.no;
}

/** Runs one fork, unless the sweep was cancelled before. */
async function carryOutVariant(
  { workspace, store, runId }: NamedRun,
  { value, planned, continuation }: PlannedVariant,
  stage: string | null,
  line: CommandLine,
  terminal: Terminal,
): Promise<SweptVariant> {
  if (terminal.interrupted.aborted) return { value, run: null, outcome: null };
  const record = await recordRun({
    workspaceRoot: workspace.root,
    program: "fm sweep",
    keep: "in-workspace",
    copy: null,
    retention: retentionOf(workspace.manifest.runs),
  });
  if (tellingOf(line) !== "quiet")
    terminal.err.write(
      `${terminal.err.style("gray", `run ${record.runId}, from ${runId}, ${printable(shortly(value))}`)}\n`,
    );
  const observation = await chooseObservation(workspace, line, terminal);
  const { startFrom } = continuation;
  await carryOut({ ...planned, startFrom, observation }, workspace, record, line, terminal);
  const folder = record.runId === null ? undefined : await runFolder(store, record.runId);
  if (folder === undefined)
    throw new UnusableInput(`The record of the fork for ${shortly(value)} is not there any longer.`);
  const { recorded } = await readRunFile(join(folder, "journal.ndjson"));
  return { value, run: record.runId, outcome: forkOutcome(recorded, stage) };
}

function shortly(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
