import { overriddenName, type RecordedRun, type RunState, type StageState } from "#core/journal";
import type { ModelUsage } from "#core/ports";
import type { FamilyRun } from "#host";
import type { OpenRun } from "../runs/read-run.ts";
import { durationOf } from "../runs/run-document.ts";
import {
  columns,
  costWords,
  durationWords,
  forkWords,
  statusWord,
  timeWords,
  tokenWords,
} from "../runs/words.ts";
import { printable, type Terminal } from "../terminal.ts";
import { cutText } from "./cut-value.ts";

/** A run at some point: what it is, and a line for each stage. */
export function printRun(
  { inspected, recorded }: OpenRun,
  state: RunState,
  forks: readonly FamilyRun[],
  { out }: Terminal,
): void {
  const { runId, status, summary, cutOff, writer } = inspected;
  const { pipeline, fork, startedAt, failure } = summary;
  const isEnd = state.seq === recorded.events.at(-1)?.seq;
  const path = pipeline?.path ?? null;
  const lines = [
    `${out.style("bold", runId)}  ${statusWord(status, status, out)}`,
    `pipeline  ${printable(pipeline?.name ?? "-")}${path === null ? "" : ` (${printable(path)})`}`,
    `started   ${timeWords(startedAt)}, ${durationWords(durationOf(inspected))}`,
    `tokens    ${tokenWords(summary.inputTokens, summary.outputTokens)}`,
    ...(summary.costUsd === null ? [] : [`cost      ${costWords(summary.costUsd)}`]),
    `events    ${recorded.events.length}${isEnd ? "" : `, shown after event ${state.seq}`}`,
    ...(fork === null ? [] : [`fork of   ${forkWords(fork)}`]),
    ...forks.map((each, index) => `${index === 0 ? "forks   " : "        "}  ${forkLine(each)}`),
    ...(writer === null ? [] : [`writer    process ${writer.pid} (${printable(writer.program)})`]),
    ...(cutOff === null ? [] : [`cut off   ${printable(cutOff)}`]),
    ...(failure === null || !isEnd
      ? []
      : [
          `failure   ${failure.stage === null ? "" : `${printable(failure.stage)}: `}${printable(failure.message)}`,
        ]),
  ];
  out.write(`${lines.join("\n")}\n`);
  const stages = [...state.stages];
  const rows = stages.map(([key, stage]) => [
    statusOf(stage),
    printable(key),
    stage.componentType ?? "-",
    stage.attempt > 1 ? `attempt ${stage.attempt}` : "",
    durationWords(tookOf(stage)),
    usageWords(stage.usage),
    [noteOf(stage), ...byHandOf(stage)].filter((part) => part !== "").join("; "),
  ]);
  if (rows.length > 0) out.write("\n");
  for (const [index, [padded = "", ...rest]] of columns(rows).entries()) {
    const stage = stages[index]?.[1];
    const word =
      stage === undefined || stage.status === "waiting" ? padded : statusWord(statusOf(stage), padded, out);
    out.write(`${[word, ...rest].join("  ").trimEnd()}\n`);
  }
}

function forkLine({ runId, status, fork }: FamilyRun): string {
  const after = fork === null ? [] : [`after event ${fork.seq}`, ...fork.changes.map(printable)];
  return [`${runId} ${status}`, ...after].join(", ");
}

/** One stage with what went in and what came out. */
export function printStage(
  key: string,
  stage: StageState,
  recorded: RecordedRun,
  most: number,
  { out }: Terminal,
): void {
  const note = noteOf(stage);
  const took = durationWords(tookOf(stage));
  const head = [
    statusOf(stage),
    stage.componentType ?? "-",
    `attempts ${stage.attempt}`,
    took,
    usageWords(stage.usage),
  ];
  out.write(`${out.style("bold", printable(key))}  ${head.filter((part) => part !== "").join("  ")}\n`);
  for (const each of [note, ...byHandOf(stage)]) if (each !== "") out.write(`${each}\n`);
  for (const [title, ref] of [["inputs", stage.inputs] as const, ["output", stage.output] as const])
    out.write(`${out.style("gray", title)}\n${printable(cutText(ref, recorded, most))}\n`);
}

/** What succeeded without having run is told as such. */
function statusOf({ status, cache }: StageState): StageState["status"] | "cached" {
  return status === "succeeded" && cache === "hit" ? "cached" : status;
}

function tookOf({ startedAt, finishedAt }: StageState): number | null {
  return startedAt === null || finishedAt === null ? null : finishedAt - startedAt;
}

function noteOf({ status, failure, reason, question }: StageState): string {
  if (status === "failed" && failure !== null) return printable(`${failure.type}: ${failure.message}`);
  if (status === "skipped" && reason !== null) return printable(reason);
  return question === null ? "" : `asks: ${printable(question.prompt)}`;
}

/** What a person set in a debugger. */
function byHandOf({ address, overrides }: StageState): readonly string[] {
  if (overrides.length === 0) return [];
  return [
    `set by hand: ${overrides.map((each) => printable(overriddenName({ address, ...each }))).join(", ")}`,
  ];
}

function usageWords(usage: readonly ModelUsage[]): string {
  const sum = (numbers: readonly (number | null)[]): number | null =>
    numbers.every((each) => each === null)
      ? null
      : numbers.reduce<number>((total, each) => total + (each ?? 0), 0);
  if (usage.every(({ inputTokens, outputTokens }) => inputTokens === null && outputTokens === null))
    return "";
  return `${tokenWords(sum(usage.map((each) => each.inputTokens)), sum(usage.map((each) => each.outputTokens)))} tokens`;
}
