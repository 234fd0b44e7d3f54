import { expect, test } from "vitest";
import { type Drawing, type DrawnNode, drawingOf, toDot, toMermaid, toSvg } from "#core/drawing";
import { foldRun } from "#core/journal";
import { parsePipeline } from "#core/pipeline";
import { drawnRow } from "../../cli/graph/drawn-row.ts";
import { stageRows } from "../../cli/runs/stage-rows.ts";
import { textsOfXml } from "../support/read-xml.ts";

const stage = (id: string, component_type: string, more: object = {}): object => ({
  id,
  component_type,
  ...more,
});

function drawn(...stages: readonly object[]): Drawing {
  return drawingOf(parsePipeline(JSON.stringify({ name: "p", stages })), null);
}

const nested = drawn(
  stage("read", "logger"),
  stage("each", "foreach", { depends_on: ["read"], config: { loop_stages: ["body"], items: "{{ input }}" } }),
  stage("body", "logger"),
  stage("guard", "trycatch", {
    depends_on: ["each"],
    config: { try_stages: ["risk"], catch_stages: ["mend"] },
  }),
  stage("risk", "logger"),
  stage("mend", "logger"),
  stage("choose", "conditional", {
    depends_on: ["guard"],
    config: { condition: "true", true_branch_stages: ["yes"], false_branch_stages: ["no"] },
  }),
  stage("yes", "logger", { depends_on: ["choose"] }),
  stage("no", "logger", { depends_on: ["choose"] }),
);

const shape = ({ lines, children }: DrawnNode): unknown =>
  children.length === 0 ? lines[0] : { [lines[0] ?? ""]: children.map(shape) };

test("loops and tries hold their stages, branches point at theirs, and nothing points at what it is in", () => {
  expect(nested.roots.map(shape)).toEqual([
    "read",
    { each: ["body"] },
    { guard: [{ try: ["risk"] }, { catch: ["mend"] }] },
    "choose",
    "yes",
    "no",
  ]);
  expect(nested.edges).toEqual([
    { from: "s0", to: "s1", kind: "waits", label: null },
    { from: "s1", to: "s3", kind: "waits", label: null },
    { from: "s3", to: "s6", kind: "waits", label: null },
    { from: "s6", to: "s7", kind: "branch", label: expect.any(String) },
    { from: "s6", to: "s8", kind: "branch", label: expect.any(String) },
  ]);
});

const odd = [
  'a"b',
  "end",
  "x --> y",
  "</title><script>",
  "`md`",
  "back\\slash",
  "line\nend",
  "#59;",
  "\u0001",
  "é中",
  "__proto__",
];

test.each(odd)("an id such as %j is text in every format, and no syntax", (id) => {
  const drawing = drawn(stage(id, "logger"), stage("after", "logger", { depends_on: [id] }));
  expect(drawing.edges).toHaveLength(1);
  for (const line of toMermaid(drawing).trimEnd().split("\n")) expect(line).toMatch(MERMAID);
  for (const line of toDot(drawing).trimEnd().split("\n")) expect(line).toMatch(DOT);
  const seen = id.includes("\u0001") ? "\ufffd" : id;
  expect(textsOfXml(toSvg(drawing))).toContain(seen);
});

test("every line of a nested drawing follows the grammar, and blocks close", () => {
  const mermaid = toMermaid(nested).trimEnd().split("\n");
  for (const line of mermaid) expect(line).toMatch(MERMAID);
  expect(mermaid.filter((line) => /^ *subgraph /.test(line))).toHaveLength(4);
  expect(mermaid.filter((line) => /^ *end$/.test(line))).toHaveLength(4);
  const dot = toDot(nested);
  for (const line of dot.trimEnd().split("\n")) expect(line).toMatch(DOT);
  expect(dot.split("{").length).toBe(dot.split("}").length);
  expect(dot).toContain('s1 -> s3 [ltail="cluster_s1", lhead="cluster_s3"];');
  expect(toSvg(nested)).not.toMatch(/script|href|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
});

test("a run's stages say how they went, the rounds of a loop together", () => {
  const document = parsePipeline(
    JSON.stringify({
      name: "p",
      stages: [
        stage("each", "foreach", { config: { loop_stages: ["body"], items: "{{ input }}" } }),
        stage("body", "logger"),
        stage("late", "logger", { depends_on: ["each"] }),
      ],
    }),
  );
  const body = (index: number) => ({
    frames: [{ kind: "iteration", owner: "each", index } as const],
    stage: "body",
  });
  const start = { kind: "stage-started", attempt: 1, attemptKey: "k", inputs: { ref: "r" } } as const;
  const usage = { provider: "p", model: "m", inputTokens: 7, outputTokens: 2, durationMs: 1 };
  const failure = { type: "EXECUTION", message: "m", recoverable: false } as const;
  const state = foldRun([
    { seq: 0, at: 0, ...start, address: { frames: [], stage: "each" }, componentType: "foreach" },
    { seq: 1, at: 10, ...start, address: body(0), componentType: "logger" },
    { seq: 2, at: 20, ...start, address: body(1), componentType: "logger" },
    { seq: 3, at: 25, kind: "model-answered", attempt: 1, address: body(0), usage },
    { seq: 4, at: 40, kind: "stage-succeeded", attempt: 1, address: body(0), output: { ref: "r" } },
    {
      seq: 5,
      at: 50,
      kind: "stage-failed",
      attempt: 1,
      address: body(1),
      failure,
      next: { kind: "propagate" },
    },
  ]);
  const [each, late] = drawingOf(document, stageRows(state).map(drawnRow)).roots;
  expect(each).toMatchObject({ status: "running", lines: ["each", "foreach", "running"] });
  expect(each?.children[0]?.lines[2]).toBe("failed · 2 rounds, 1 failed · 60 ms · 7 in, 2 out");
  expect(late?.lines[2]).toBe("not reached");
});

const TEXT = String.raw`"(?:[A-Za-z0-9 \u00a0-\u{10ffff}]|#\d+;|<br/>)*"`;
const MERMAID = new RegExp(
  `^(?:flowchart LR| +s\\d+(?:a\\d+)?\\[${TEXT}\\](?::::\\w+)?| +subgraph \\w+ \\[${TEXT}\\]| +end| +s\\d+ (?:-->|-\\.->|-\\. ${TEXT} \\.->) s\\d+| +classDef \\w+ \\S+| +class \\w+ \\w+)$`,
  "u",
);
const STRING = String.raw`"(?:[^"\\]|\\["\\n])*"`;
const ATTRIBUTE = `\\w+=(?:\\w+|${STRING})`;
const LIST = `\\[${ATTRIBUTE}(?:, ${ATTRIBUTE})*\\]`;
const DOT = new RegExp(
  `^(?:digraph ${STRING} \\{| *subgraph ${STRING} \\{| *\\}| *${ATTRIBUTE};| *\\w+(?: -> \\w+)?(?: ${LIST})?;)$`,
  "u",
);
