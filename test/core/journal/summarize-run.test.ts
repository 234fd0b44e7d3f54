import { expect, test } from "vitest";
import { emptyRunState, foldRun, type JournalEvent, summarizeRun } from "#core/journal";

const attempt = (
  stage: string,
): { readonly address: { readonly frames: []; readonly stage: string }; readonly attempt: 1 } => ({
  address: { frames: [], stage },
  attempt: 1,
});
const call = { provider: "p", model: "m", durationMs: 1 };

test("a summary counts stages, open questions, tokens and what is known of the cost", () => {
  const events: readonly JournalEvent[] = [
    { seq: 0, at: 5, kind: "stage-skipped", address: attempt("no").address, reason: "r", cause: "branch" },
    {
      seq: 1,
      at: 6,
      kind: "model-answered",
      ...attempt("a"),
      usage: { ...call, inputTokens: 1, outputTokens: 2, costUsd: 0.1 },
    },
    {
      seq: 2,
      at: 7,
      kind: "model-answered",
      ...attempt("a"),
      usage: { ...call, inputTokens: 3, outputTokens: null, costUsd: 0.2 },
    },
    {
      seq: 3,
      at: 8,
      kind: "model-answered",
      ...attempt("b"),
      usage: { ...call, inputTokens: null, outputTokens: null },
    },
    { seq: 4, at: 9, kind: "question-asked", ...attempt("c"), question: { id: "q" } as never },
    { seq: 5, at: 9, kind: "stage-succeeded", ...attempt("a"), output: { ref: "r" } },
  ];
  expect(summarizeRun(foldRun(events))).toMatchObject({
    events: 6,
    stages: { succeeded: 1, skipped: 1, waiting: 2, failed: 0 },
    inputTokens: 4,
    outputTokens: 2,
    costUsd: 0.3,
    questions: 1,
  });
  expect(summarizeRun(emptyRunState())).toMatchObject({
    inputTokens: null,
    costUsd: null,
    status: "not-started",
  });
});
