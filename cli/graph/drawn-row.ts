import type { DrawnRow } from "#core/drawing";
import type { StageRow } from "../runs/stage-rows.ts";
import { durationWords } from "../runs/words.ts";

/** What a drawing says of a stage of a run: its status, rounds, time and tokens. */
export function drawnRow(row: StageRow): DrawnRow {
  const { stage, componentType, status, rounds, failedRounds, durationMs, usage } = row;
  const failed = failedRounds > 0 ? `, ${failedRounds} failed` : "";
  const { inputTokens, outputTokens, calls, uncountedCalls } = usage;
  const words = [
    status,
    rounds > 1 ? `${rounds} rounds${failed}` : "",
    durationMs === null ? "" : durationWords(durationMs),
    calls > uncountedCalls ? `${inputTokens} in, ${outputTokens} out` : "",
  ];
  return { stage, componentType, status, outcome: words.filter((part) => part !== "").join(" · ") };
}
