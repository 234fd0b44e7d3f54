import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";
import { textsOfXml } from "../support/read-xml.ts";

async function workspace(): Promise<string> {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "flowmason.json"), "{}");
  const stages = [
    { id: "a", component_type: "json_transform", config: { template: "x" } },
    { id: "b", component_type: "command", depends_on: ["a"], config: { command: "exit 3" } },
    { id: "c", component_type: "logger", depends_on: ["b"], config: { message: "m" } },
  ];
  writeFileSync(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
  return cwd;
}

test("a file is drawn in each format, to standard output or to a file", async () => {
  const cwd = await workspace();
  const mermaid = await fm(["graph", "p.pipeline.json"], { cwd });
  expect(mermaid).toMatchObject({ code: 0, stderr: "" });
  expect(mermaid.stdout).toMatch(/^flowchart LR\n[^]*s0 --> s1\n[^]*s1 --> s2\n$/);
  expect((await fm(["graph", "p.pipeline.json", "--format", "dot"], { cwd })).stdout).toMatch(
    /^digraph "p" \{/,
  );
  const svg = await fm(["graph", "p.pipeline.json", "--format", "svg", "-o", "p.svg"], { cwd });
  expect(svg).toMatchObject({ code: 0, stdout: "" });
  expect(textsOfXml(readFileSync(join(cwd, "p.svg"), "utf8"))).toEqual(
    expect.arrayContaining(["a", "b", "c"]),
  );
});

test("a run is drawn as it was, with how its stages went, whatever the file says by now", async () => {
  const cwd = await workspace();
  await fm(["run", "p.pipeline.json"], { cwd });
  writeFileSync(join(cwd, "p.pipeline.json"), "{");
  const { code, stdout } = await fm(["graph", "latest", "--format", "svg"], { cwd });
  expect(code).toBe(0);
  const texts = textsOfXml(stdout);
  expect(texts).toContainEqual(expect.stringMatching(/^succeeded · \d+ ms$/));
  expect(texts).toContainEqual(expect.stringMatching(/^failed · /));
});

test("a file that is there already is left as it is, as fm export does", async () => {
  const cwd = await workspace();
  const before = readFileSync(join(cwd, "p.pipeline.json"), "utf8");
  const drawn = await fm(["graph", "p.pipeline.json", "-o", "p.pipeline.json"], { cwd });
  expect(drawn).toMatchObject({ code: 2, stdout: "" });
  expect(drawn.stderr).toContain(
    "p.pipeline.json is there already, and is left as it is. Name another file with -o.",
  );
  expect(readFileSync(join(cwd, "p.pipeline.json"), "utf8")).toBe(before);
});

test.each([
  [["graph"], 3, /Name one pipeline file or one run/],
  [["graph", "p.pipeline.json", "--format", "png"], 3, /mermaid, dot or svg, not "png"/],
  [["graph", "none.json"], 2, /none\.json cannot be read/],
  [["graph", "20990101"], 2, /There is no run 20990101/],
  [["graph", "p.pipeline.json", "-o", "no/p.svg"], 2, /no\/p\.svg cannot be written/],
  [["graph", "broken.json"], 2, /broken\.json:1:\d+: error/],
])("fm %j ends with %i", async (args, expected, message) => {
  const cwd = await workspace();
  writeFileSync(join(cwd, "broken.json"), "{");
  const { code, stdout, stderr } = await fm(args, { cwd });
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(stderr).toMatch(message);
});
