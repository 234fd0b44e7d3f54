import { expect, test } from "vitest";
import { diffPipelines } from "#core/merge";
import { mermaidDiff } from "../../cli/diff/mermaid-diff.ts";

test("DM-13 the graph of a report has what is gone too, dashed, and marks what came and what changed", () => {
  const stage = (id: string, after: readonly string[], component_type = "logger"): object => ({
    id,
    component_type,
    depends_on: after,
  });
  const [before, after] = [
    [stage("a", []), stage("gone", ["a"], "filter"), stage("z", ["a"])],
    [stage("a", []), stage("new", ["a"], "http_request"), stage("z", ["new"])],
  ].map((stages, index) => ({ name: `${index}`, text: JSON.stringify({ stages }) }));
  if (before === undefined || after === undefined) throw new Error("There are two.");
  const result = diffPipelines(before.text, after.text);
  if (!result.ok) throw new Error(result.message);
  const lines = mermaidDiff({ before, after, diff: result.diff }).split("\n");
  expect(lines.slice(0, 9)).toEqual([
    "flowchart LR",
    '  s0["a"]',
    '  s1["new"]:::added',
    '  s2["z"]:::changed',
    '  s3["gone"]:::removed',
    "  s0 --> s1",
    "  s1 --> s2",
    "  s0 -.-> s3",
    "  s0 -.-> s2",
  ]);
});
