import { createExecutor } from "#core/components";
import { planRun, startRun } from "#core/engine";
import { createMemoryJournal, type JournalEvent, type MemoryJournal } from "#core/journal";
import type { PipelineDocument } from "#core/pipeline";
import { addressKey, type ExecutionPorts, type Json, type StageAddress } from "#core/ports";

/** What is told of a run, without times and ids: events by stage, in order, with their values. */
export type RecordedRun =
  | { readonly kind: "refused"; readonly messages: readonly string[] }
  | { readonly kind: "ran"; readonly status: string; readonly stages: Readonly<Record<string, Json>> };

export interface RecordOptions {
  readonly input: Json;
  readonly provider: string;
  readonly ports: ExecutionPorts;
  /** New ids of stages by the paths that were their ids. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Messages and places in expressions may differ where the same expression is written otherwise. */
  readonly texts?: "kept" | "left out";
}

/** Runs a document and tells what happened, with every id as `renamed` has it. */
export async function recordRun(
  document: PipelineDocument,
  { input, provider, ports, renamed, texts }: RecordOptions,
): Promise<RecordedRun> {
  const planned = planRun(document, { input, provider });
  if (!planned.ok) {
    const messages = planned.problems.map(({ message }) => withIds(message, renamed));
    return { kind: "refused", messages: texts === "left out" ? [] : messages.sort() };
  }
  const journal = createMemoryJournal();
  const run = startRun(planned.plan, {
    executor: createExecutor(ports),
    clock: ports.clock,
    random: { next: () => 0.5, id: () => "run" },
    journal,
  });
  const { status } = await run.finished;
  const stages = new Map<string, Json[]>();
  for (const event of journal.events) {
    const key = "address" in event ? addressKey(renamedAddress(event.address, renamed)) : "";
    stages.set(key, [
      ...(stages.get(key) ?? []),
      plain(event, journal, renamed, texts === "left out" ? told : volatile),
    ]);
  }
  return {
    kind: "ran",
    status,
    stages: Object.fromEntries([...stages].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Lists of stages among the inputs: they are ids. */
const armInputs: ReadonlySet<string> = new Set([
  "true_branch_stages",
  "false_branch_stages",
  "loop_stages",
  "try_stages",
  "catch_stages",
  "finally_stages",
  "routes",
  "default_route",
]);

/** Members that are times or ids of their own, in events and in outputs. */
const volatile: ReadonlySet<string> = new Set([
  ...["seq", "at", "hash", "sources", "attemptKey", "address", "path", "durationMs"],
  ...["elapsed_ms", "log_id", "execution_time_ms"],
  // A branch is told by what was taken; the lists of its stages are ids.
  ...["enable", "skip"],
]);

/** And those that tell of expressions. */
const told: ReadonlySet<string> = new Set([
  ...volatile,
  "message",
  "details",
  "reason",
  "error_message",
  "error",
]);

function plain(
  event: JournalEvent,
  journal: MemoryJournal,
  renamed: ReadonlyMap<string, string>,
  left: ReadonlySet<string>,
): Json {
  const value = (json: unknown, isInputs: boolean): Json => {
    if (Array.isArray(json)) return json.map((item) => value(item, false));
    if (typeof json === "string") return renamed.get(json) ?? withIds(json, renamed);
    if (typeof json !== "object" || json === null) return (json ?? null) as Json; // what a journal holds is JSON
    if ("ref" in json && typeof json.ref === "string") {
      return value(journal.value({ ref: json.ref }) ?? null, isInputs);
    }
    const members = Object.entries(json).filter(
      ([key]) => !left.has(key) && !(isInputs && armInputs.has(key)),
    );
    return Object.fromEntries(
      members.map(([key, member]) => [renamed.get(key) ?? key, value(member, key === "inputs")]),
    );
  };
  return value(event, false);
}

function renamedAddress({ frames, stage }: StageAddress, renamed: ReadonlyMap<string, string>): StageAddress {
  const id = (path: string): string => renamed.get(path) ?? path;
  return { frames: frames.map((frame) => ({ ...frame, owner: id(frame.owner) })), stage: id(stage) };
}

/** Messages name stages in quotes. */
function withIds(message: string, renamed: ReadonlyMap<string, string>): string {
  return [...renamed].reduce((text, [path, id]) => text.replaceAll(`"${path}"`, `"${id}"`), message);
}
