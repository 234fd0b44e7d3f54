import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

const stages = [
  {
    id: "draft",
    component_type: "generator",
    config: { prompt: "Write three sentences about bees & trees." },
  },
  {
    id: "tell",
    component_type: "logger",
    config: { message: "{{upstream.draft.content}}" },
    depends_on: ["draft"],
  },
];
const before = JSON.stringify({ name: "p", stages, layout: { draft: { x: 1, y: 1 } } }, null, 2);
const after = before
  .replaceAll('"draft"', '"write"')
  .replaceAll("upstream.draft.", "upstream.write.")
  .replace("three sentences", "two <b>sentences</b>")
  .replace('"x": 1', '"x": 2');

async function folderWithBoth(): Promise<string> {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "a.pipeline.json"), before);
  writeFileSync(join(cwd, "b.pipeline.json"), after);
  return cwd;
}

test("DM-01 two files that say the same end with 0 and nothing to say, whatever they look like", async () => {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "a.pipeline.json"), before);
  writeFileSync(join(cwd, "b.pipeline.json"), JSON.stringify(JSON.parse(before)));
  expect(await fm(["diff", "a.pipeline.json", "b.pipeline.json"], { cwd })).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "",
  });
});

test("DM-02 a renamed stage is one line, a changed text its words, and the layout one line", async () => {
  const cwd = await folderWithBoth();
  const { code, stdout } = await fm(["diff", "a.pipeline.json", "b.pipeline.json"], { cwd });
  expect(code).toBe(1);
  expect(stdout).toBe(
    [
      "a.pipeline.json -> b.pipeline.json: 1 stage renamed, 1 value changed",
      "write",
      '  » stage "draft" renamed to "write"',
      "  ~ config.prompt: Write [-three-]{+two+} {+<b>+}sentences{+</b>+} about bees & trees.",
      "layout: 1 place",
      "",
    ].join("\n"),
  );
});

test("DM-01 where stages are drawn is one line in each report, however many were moved", async () => {
  const cwd = await temporaryFolder();
  const at = (x: number): string =>
    JSON.stringify({ stages, layout: { draft: { x, y: 1 }, tell: { x, y: 2 } } });
  writeFileSync(join(cwd, "a.json"), at(1));
  writeFileSync(join(cwd, "b.json"), at(2));
  const diff = async (format: string): Promise<string> =>
    (await fm(["diff", "a.json", "b.json", "--format", format], { cwd })).stdout;
  expect(await diff("text")).toBe("a.json -> b.json: nothing but the layout\nlayout: 2 places\n");
  const markdown = "### b.json\n\nSince a.json: nothing but the layout.\n\n_layout: 2 places_\n";
  expect(await diff("markdown")).toBe(markdown);
  expect(await diff("html")).not.toContain("<section>");
});

test("DM-13 each format says the same, and none lets a text be markup", async () => {
  const cwd = await folderWithBoth();
  const diff = (format: string): ReturnType<typeof fm> =>
    fm(["diff", "a.pipeline.json", "b.pipeline.json", "--format", format], { cwd });
  const { code, stdout } = await diff("json");
  expect(code).toBe(1);
  const json = JSON.parse(stdout) as { alike: boolean; changes: readonly object[] };
  expect(json).toMatchObject({ before: "a.pipeline.json", after: "b.pipeline.json", alike: false });
  expect(json.changes[0]).toEqual({ kind: "stage-renamed", stage: "write", from: "draft" });
  const markdown = (await diff("markdown")).stdout;
  expect(markdown).toContain('```mermaid\nflowchart LR\n  s0["write"]:::changed\n');
  expect(markdown).toContain("<ins>two</ins> <ins>&#60;b&#62;</ins>sentences<ins>&#60;/b&#62;</ins>");
  expect((await diff("mermaid")).stdout).toMatch(/^flowchart LR\n[^]*s0 --> s1\n/);
  const html = (await diff("html")).stdout;
  expect(html).toContain("<ins>two</ins> <ins>&#60;b&#62;</ins>sentences<ins>&#60;/b&#62;</ins>");
  expect(html).not.toContain("<b>");
});

test("DM-13 no text of a pipeline moves the cursor of a terminal", async () => {
  const cwd = await temporaryFolder();
  const written = (text: string): string =>
    JSON.stringify({ stages: [{ id: text, component_type: "logger", config: { message: text } }] });
  writeFileSync(join(cwd, "a.json"), written("plain"));
  writeFileSync(join(cwd, "b.json"), written("\u001b[31mred\u0007"));
  const { stdout } = await fm(["diff", "a.json", "b.json"], { cwd });
  expect(stdout).toContain("red");
  expect(stdout).not.toMatch(/[^\n\P{Cc}]/u);
  writeFileSync(join(cwd, "c.json"), written("\u001b[31mred").replace('"id"', '"description":"c","id"'));
  writeFileSync(join(cwd, "d.json"), written("\u001b[31mred").replace('"id"', '"description":"d","id"'));
  writeFileSync(join(cwd, "e.json"), written("\u001b[31mred"));
  const { stderr } = await fm(["merge", "e.json", "c.json", "d.json", "-o", "out.json"], { cwd });
  expect(stderr).toContain("red");
  expect(stderr).not.toMatch(/[^\n\P{Cc}]/u);
});

/** Makes a repository of a folder; gives what runs git in it. */
function repositoryIn(cwd: string): (...args: readonly string[]) => string {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], {
      cwd,
      encoding: "utf8",
    });
  git("init", "-q");
  return git;
}

test("DM-13 two revisions of a file, and one with the file as it is", async () => {
  const cwd = await temporaryFolder();
  const git = repositoryIn(cwd);
  const file = join(cwd, "p.pipeline.json");
  writeFileSync(file, before);
  git("add", "-A");
  git("commit", "-qm", "one");
  writeFileSync(file, after);
  git("commit", "-qam", "two");
  const both = await fm(["diff", "HEAD~1..HEAD", "p.pipeline.json"], { cwd });
  expect(both.stdout).toContain('stage "draft" renamed to "write"');
  expect(await fm(["diff", "HEAD..", "p.pipeline.json"], { cwd })).toMatchObject({ code: 0, stdout: "" });
  // With three dots it is what came since the two parted, and not what the first did since.
  git("branch", "two");
  git("checkout", "-qb", "side", "HEAD~1");
  writeFileSync(file, before.replace('"layout"', '"version": "2", "layout"'));
  git("commit", "-qam", "three");
  const parted = await fm(["diff", "side...two", "p.pipeline.json"], { cwd });
  expect(parted.stdout).toContain('stage "draft" renamed to "write"');
  expect(parted.stdout).not.toContain("version");
  expect((await fm(["diff", "side..two", "p.pipeline.json"], { cwd })).stdout).toContain("version");
  git("checkout", "-q", "--orphan", "other");
  git("commit", "-qm", "four");
  const nothing = await fm(["diff", "side...HEAD", "p.pipeline.json"], { cwd });
  expect(nothing).toMatchObject({ code: 2, stdout: "" });
  expect(nothing.stderr).toContain(
    "What side and HEAD have in common cannot be read: there is no such commit.",
  );
  const none = await fm(["diff", "HEAD~7..HEAD", "p.pipeline.json"], { cwd });
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toMatch(/HEAD~7:p\.pipeline\.json cannot be read: /);
});

test("DM-01 texts that are not UTF-8 are no pipelines: their letters cannot be told from each other", async () => {
  const cwd = await temporaryFolder();
  const [one, other] = ["caf\u00e9", "caf\u00e8"].map((name) => JSON.stringify({ name, stages: [] }));
  writeFileSync(join(cwd, "one.json"), one ?? "", "latin1");
  writeFileSync(join(cwd, "other.json"), other ?? "", "latin1");
  const { code, stderr } = await fm(["diff", "one.json", "other.json"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("one.json is not UTF-8 text");
});

test.each([
  [["diff"], 3, /Name two pipeline files/],
  [["diff", "a.pipeline.json", "b.pipeline.json", "--format", "png"], 3, /--format is text, json/],
  [["diff", "a.pipeline.json", "none.json"], 2, /none\.json cannot be read/],
  [["diff", "a.pipeline.json", "c.pipeline.json"], 2, /c\.pipeline\.json: Expected/],
] as const)("%j ends with %i and says why", async (args, code, words) => {
  const cwd = await folderWithBoth();
  writeFileSync(join(cwd, "c.pipeline.json"), '{ "stages": [');
  const result = await fm(args, { cwd });
  expect(result).toMatchObject({ code, stdout: "" });
  expect(result.stderr).toMatch(words);
});

test("a report that is there already is left as it is", async () => {
  const cwd = await folderWithBoth();
  const result = await fm(["diff", "a.pipeline.json", "b.pipeline.json", "-o", "a.pipeline.json"], { cwd });
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(readFileSync(join(cwd, "a.pipeline.json"), "utf8")).toBe(before);
});

test("DM-01 what another dialect only calls otherwise is one line, and what else changed is told", async () => {
  const cwd = await temporaryFolder();
  const calling = (message: string): object => ({
    output_stage_id: "b",
    stages: [
      { id: "a", component_type: "http_request", config: { url: "https://example.com" } },
      { id: "b", component_type: "logger", input_mapping: { message }, depends_on: ["a"] },
    ],
  });
  const otherwise = {
    output_stage: "b",
    stages: [
      { id: "a", component: "http-request", config: { url: "https://example.com" } },
      { id: "b", component_type: "logger", inputs: { message: "{{stages.a.body}}" }, depends_on: ["a"] },
    ],
  };
  const diff = async (format: string, message: string): Promise<string> => {
    writeFileSync(join(cwd, "a.json"), JSON.stringify(calling(message)));
    writeFileSync(join(cwd, "b.json"), JSON.stringify(otherwise));
    const { code, stdout } = await fm(["diff", "a.json", "b.json", "--format", format], { cwd });
    expect(code).toBe(1);
    return stdout;
  };
  const same = "{{upstream.a.body}}";
  const spelling = "spelling: 3 fields in other words that say the same";
  expect(await diff("text", same)).toBe(`a.json -> b.json: nothing but the spelling\n${spelling}\n`);
  expect(await diff("markdown", same)).toBe(
    `### b.json\n\nSince a.json: nothing but the spelling.\n\n_${spelling}_\n`,
  );
  expect(await diff("html", same)).toContain(`<p class="quiet">${spelling}</p>`);
  expect(await diff("mermaid", same)).not.toContain(":::");
  // Names in quotes are no names.
  for (const other of ["{{upstream.a.text}}", "{{input.of.stages.a.body}}", "{{'stages.a.body'}}"]) {
    const text = await diff("text", other);
    expect(text).toContain("a.json -> b.json: 2 values changed");
    expect(text).toContain("spelling: 2 fields");
  }
});

test("DM-13 a file that came or went between two revisions is compared with nothing, and one that was never there is none", async () => {
  const cwd = await temporaryFolder();
  const git = repositoryIn(cwd);
  writeFileSync(join(cwd, "readme"), "x");
  git("add", "-A");
  git("commit", "-qm", "one");
  const name = "pipelines/p.pipeline.json";
  mkdirSync(join(cwd, "pipelines"));
  writeFileSync(join(cwd, name), JSON.stringify({ stages: [{ id: "a", component_type: "logger" }] }));
  const other = "pipelines/o.pipeline.json";
  writeFileSync(join(cwd, other), JSON.stringify({ stages: { a: { component: "logger" } } }));
  git("add", "-A");
  git("commit", "-qm", "two");
  const diff = (revisions: string, file = name): ReturnType<typeof fm> =>
    fm(["diff", revisions, file], { cwd });
  expect(await diff("HEAD~1..HEAD")).toMatchObject({
    code: 1,
    stdout: `HEAD~1:${name} (no such file) -> HEAD:${name}: 1 stage added\n+ stage "a" (logger) added\n`,
  });
  expect((await diff("HEAD~1..HEAD", other)).stdout).toContain(": 1 stage added\n");
  const removed = `1 stage removed\n- stage "a" (logger) removed\n`;
  expect((await diff("HEAD..HEAD~1")).stdout).toContain(removed);
  rmSync(join(cwd, "pipelines"), { recursive: true });
  expect((await diff("HEAD..")).stdout).toBe(`HEAD:${name} -> ${name} (no such file): ${removed}`);
  expect((await diff("HEAD..HEAD~1")).stdout).toContain(removed);
  for (const revisions of ["HEAD~1..HEAD", "HEAD.."])
    expect(await diff(revisions, "pipelines/q.pipeline.json")).toMatchObject({ code: 2, stdout: "" });
  expect(await diff("HEAD~1..nowhere")).toMatchObject({ code: 2, stdout: "" });
});
