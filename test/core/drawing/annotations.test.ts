import { expect, test } from "vitest";
import { type Drawing, drawingOf, toDot, toMermaid, toSvg } from "#core/drawing";
import { parsePipeline } from "#core/pipeline";
import { textsOfXml } from "../../support/read-xml.ts";

function drawn(layout: object): Drawing {
  const stages = [
    { id: "read", component_type: "logger" },
    { id: "each", component_type: "foreach", config: { loop_stages: ["body"], items: [1] } },
    { id: "body", component_type: "logger" },
    { id: "tell", component_type: "logger", depends_on: ["each"] },
  ];
  return drawingOf(parsePipeline(JSON.stringify({ name: "p", stages, layout })), null);
}

const noted = drawn({
  "$note:1": { x: 0, y: 0, text: 'Mind "this" <b>\nand that' },
  "$group:1": { title: "In & out", stages: ["read", "tell", "gone"] },
  "$group:2": { title: "Inner", stages: ["body"] },
  "$group:3": { title: "Nobody", stages: ["gone"] },
});

test("CE-17 an SVG has the notes and the frames of groups with all their text, inside its page", () => {
  const svg = toSvg(noted);
  expect(textsOfXml(svg)).toEqual(
    expect.arrayContaining(['Mind "this" <b>', "and that", "In & out", "Inner"]),
  );
  expect(svg).not.toContain("Nobody");
  const [, left, top, width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(svg)?.map(Number) ?? [];
  for (const [, x, y, w, h] of svg.matchAll(/<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)) {
    expect(Number(x)).toBeGreaterThanOrEqual(left ?? Number.NaN);
    expect(Number(y)).toBeGreaterThanOrEqual(top ?? Number.NaN);
    expect(Number(x) + Number(w)).toBeLessThanOrEqual((left ?? Number.NaN) + (width ?? Number.NaN));
    expect(Number(y) + Number(h)).toBeLessThanOrEqual((top ?? Number.NaN) + (height ?? Number.NaN));
  }
});

test("CE-17 an SVG of notes alone, and of a very long one, is whole", () => {
  const stages: readonly object[] = [];
  const layout = { "$note:1": { text: `${"x".repeat(100)} ${"word ".repeat(200)}` } };
  const svg = toSvg(drawingOf(parsePipeline(JSON.stringify({ name: "p", stages, layout })), null));
  expect(textsOfXml(svg)).toContain("x".repeat(30));
  expect(textsOfXml(svg)).toContain("…");
});

test("CE-17 Mermaid and DOT have notes, groups of their outer stages as boxes, and of others in words", () => {
  const mermaid = toMermaid(noted);
  expect(mermaid).toContain('  n0>"Mind #34;this#34; #60;b#62;<br/>and that"]\n');
  expect(mermaid).toMatch(/subgraph g0 \["In #38; out"\]\n {4}s0\[.*\n {4}s3\[.*\n {2}end\n/);
  expect(mermaid).toContain("  %% Group Inner#58; body\n");
  const dot = toDot(noted);
  expect(dot).toContain('n0 [label="Mind \\"this\\" <b>\\nand that", shape=note];');
  expect(dot).toMatch(
    /subgraph "cluster_g0" \{\n {4}label="In & out";\n {4}style=dashed;\n {4}s0 .*\n {4}s3 /,
  );
  expect(dot).toContain("  // Group Inner: body\n");
});

test("no text of a note or group gets out of its place in a format", () => {
  const evil = 'x\n  evil"];\n%%{init}%% </title>*/';
  const layout = { "$note:1": { text: evil }, "$group:1": { title: evil, stages: ["body"] } };
  const lines = [toMermaid(drawn(layout)), toDot(drawn(layout))].join("\n").split("\n");
  expect(lines.filter((line) => /^\s*(evil|%%\{)/.test(line))).toEqual([]);
  expect(() => textsOfXml(toSvg(drawn(layout)))).not.toThrow();
});
