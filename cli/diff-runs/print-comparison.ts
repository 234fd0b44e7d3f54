import type { RunComparison, StageComparison, ValueChange } from "#core/journal";
import type { Json } from "#core/ports";
import { durationOf } from "../runs/run-document.ts";
import { durationWords } from "../runs/words.ts";
import { type Channel, printable, type Terminal } from "../terminal.ts";
import { type ComparedRuns, type Delta, deltaOf, stageDeltas } from "./comparison-document.ts";

/** A comparison as people read it: what differs, and nothing of what does not. */
export function printComparison(
  comparison: RunComparison,
  { before, after }: ComparedRuns,
  { out }: Terminal,
): void {
  const { isAlike, pipelineChanged, firstDivergent, input, output, stages } = comparison;
  out.write(`${before.runId} ${before.status} → ${after.runId} ${after.status}\n`);
  out.write(`time    ${spanWords(deltaOf(durationOf(before), durationOf(after)))}\n`);
  const sums = [
    ["tokens in", deltaOf(before.summary.inputTokens, after.summary.inputTokens)],
    ["tokens out", deltaOf(before.summary.outputTokens, after.summary.outputTokens)],
    ["cost in $", deltaOf(before.summary.costUsd, after.summary.costUsd)],
  ] as const;
  for (const [name, delta] of sums)
    if (delta.before !== null || delta.after !== null) out.write(`${name}  ${numberWords(delta)}\n`);
  if (pipelineChanged) out.write("The pipeline's text is another one.\n");
  if (isAlike) return out.write("The runs are alike.\n");
  if (firstDivergent !== null)
    out.write(`They part first at ${out.style("bold", printable(firstDivergent))}.\n`);
  printChanges("input", input, out);
  for (const stage of stages) if (!stage.isAlike) printStage(stage, out);
  printChanges("output", output, out);
}

function printStage(comparison: StageComparison, out: Channel): void {
  const { stage, before, after, inputs, output } = comparison;
  const from = before?.status ?? "not there";
  const to = after?.status ?? "not there";
  const status = from === to ? from : `${from} → ${to}`;
  const { durationMs, tokens, costUsd } = stageDeltas(comparison);
  const figures = [spanWords(durationMs), ...figureWords("tokens", tokens), ...figureWords("$", costUsd)];
  out.write(`\n${out.style("bold", printable(stage))}  ${status}  ${figures.join("  ")}\n`);
  printChanges("  inputs", inputs, out);
  printChanges("  output", output, out);
}

function printChanges(title: string, changes: readonly ValueChange[], out: Channel): void {
  for (const { path, before, after } of changes) {
    const where = path === "" ? title : `${title} ${printable(path)}`;
    out.write(`${where}: ${out.style("red", shortly(before))} → ${out.style("green", shortly(after))}\n`);
  }
}

/** Characters of a value that a line has room for. */
const ROOM = 200;

function shortly(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = printable(JSON.stringify(value));
  return text.length <= ROOM ? text : `${text.slice(0, ROOM)}… (${text.length} characters)`;
}

function spanWords({ before, after, delta }: Delta): string {
  const change = delta === null ? "" : ` (${delta < 0 ? "-" : "+"}${durationWords(Math.abs(delta))})`;
  return `${durationWords(before)} → ${durationWords(after)}${change}`;
}

/** Nothing where neither run has a number. */
function figureWords(name: string, delta: Delta): readonly string[] {
  return delta.before === null && delta.after === null ? [] : [`${name} ${numberWords(delta)}`];
}

function numberWords({ before, after, delta }: Delta): string {
  const change = delta === null ? "" : ` (${delta < 0 ? "" : "+"}${delta})`;
  return `${before ?? "-"} → ${after ?? "-"}${change}`;
}
