import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { createConsoleOutput } from "../../debug-adapter/console-output.ts";

test("what a link stands beside is a line of its own, after text that ended in the middle of one", () => {
  const written: DebugProtocol.OutputEvent["body"][] = [];
  const output = createConsoleOutput(
    () => ({ path: "p.pipeline.json", line1: 7 }),
    (body) => written.push(body),
  );
  const stage = { address: { stage: "draft", frames: [] }, attempt: 1, seq: 0, at: 0 };
  output.record({ ...stage, kind: "stage-delta", channel: "output", text: "Once upon" });
  output.record({ ...stage, kind: "stage-delta", channel: "output", text: " a time" });
  output.record({ ...stage, kind: "stage-cancelled" });
  expect(written.map(({ output: text, line }) => [text, line ?? null])).toEqual([
    ["draft:\n", 7],
    ["Once upon", null],
    [" a time", null],
    ["\n", null],
    ["■ draft cancelled\n", 7],
  ]);
});
