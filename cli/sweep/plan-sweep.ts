import { join } from "node:path";
import {
  type Continuation,
  type Estimate,
  editInput,
  editText,
  estimateOf,
  forkWith,
  type RunEdit,
  stagesIn,
} from "#core/engine";
import type { RecordedRun } from "#core/journal";
import type { Json } from "#core/ports";
import { readRunFile, runFolder } from "#host";
import { type CommandLine, UnusableInput } from "../command.ts";
import { readSetting } from "../fork/read-settings.ts";
import { readBudget } from "../run/read-budget.ts";
import type { NamedRun } from "../runs/named-run.ts";
import { type PlannedRecord, planOfRecord } from "../runs/plan-of-record.ts";
import { recordedStart } from "../runs/recorded-start.ts";
import type { Terminal } from "../terminal.ts";

/** A fork of a sweep that is planned. */
export interface PlannedVariant {
  readonly value: Json;
  readonly planned: Extract<PlannedRecord, { ok: true }>;
  readonly continuation: Continuation;
  readonly estimate: Estimate;
}

/** All forks of a sweep, or the first one whose pipeline cannot run. */
export type PlannedSweep =
  | { readonly ok: true; readonly stage: string | null; readonly variants: readonly PlannedVariant[] }
  | { readonly ok: false; readonly problem: Extract<PlannedRecord, { ok: false }> };

/** Plans a fork for each value; nothing runs for it. Throws {@link UnusableInput}, usage errors, and faults of edits. */
export async function planSweep(
  { workspace, store, runId }: NamedRun,
  { path, values }: { readonly path: string; readonly values: readonly string[] },
  line: CommandLine,
  terminal: Terminal,
): Promise<PlannedSweep> {
  const folder = await runFolder(store, runId);
  if (folder === undefined) throw new UnusableInput(`The run ${runId} is not there any longer.`);
  const { recorded } = await readRunFile(join(folder, "journal.ndjson"));
  const start = recordedStart(runId, recorded);
  const stages = stagesIn(recorded.events);
  const edits = values.map((value) => readSetting(`${path}=${value}`, stages));
  const before = await planOfRecord(start, workspace, line, terminal);
  if (!before.ok) return { ok: false, problem: before };
  const text = start.texts.get(start.event.pipeline.path ?? "") ?? "";
  const variants: PlannedVariant[] = [];
  for (const edit of edits) {
    const planned = await planOfRecord(start, workspace, line, terminal, {
      text: editText(text, [edit]),
      budget: readBudget(line),
      input: editInput(start.input, [edit]),
      ...(line.has("provider") ? { provider: line.text("provider") ?? null } : {}),
    });
    if (!planned.ok) return { ok: false, problem: planned };
    const seq = recorded.events.at(-1)?.seq ?? 0;
    const origin = { runId, seq, changes: [edit.written] };
    const plans = { before: before.plan, after: planned.plan };
    const continuation = forkWith(plans, recorded, origin, [edit]);
    variants.push({
      value: edit.value,
      planned,
      continuation,
      estimate: estimateOf(continuation, recorded),
    });
  }
  const [first] = edits;
  return { ok: true, stage: first === undefined ? null : stageKey(first, recorded), variants };
}

/** The stage whose output tells what came of a value; null where it is the input's. */
function stageKey(edit: RunEdit, { events }: RecordedRun): string | null {
  switch (edit.kind) {
    case "input":
      return null;
    case "output":
      return edit.stage;
    case "stage":
      return [...stagesIn(events)].find(([, id]) => id === edit.stage)?.[0] ?? null;
  }
}
