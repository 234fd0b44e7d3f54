import { execFileSync } from "node:child_process";
import { on } from "node:events";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fm, startFm, temporaryFolder } from "../support/fm.ts";

const pipeline = (message: string, extra: object = {}): string =>
  `${JSON.stringify({ name: "p", ...extra, stages: [{ id: "a", component_type: "logger", config: { message } }] }, null, 2)}\n`;

async function folderWith(
  base: string | Buffer,
  ours: string | Buffer,
  theirs: string | Buffer,
): Promise<string> {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "base.json"), base);
  writeFileSync(join(cwd, "ours.json"), ours);
  writeFileSync(join(cwd, "theirs.json"), theirs);
  return cwd;
}

const three = ["base.json", "ours.json", "theirs.json"];

test("DM-06 what each side changed is in the result, on standard output or in a file", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("m", { version: "2.0.0" }));
  const merged = pipeline("n", { version: "2.0.0" });
  expect(await fm(["merge", ...three], { cwd })).toEqual({
    code: 0,
    signal: null,
    stdout: merged,
    stderr: "",
  });
  expect(await fm(["merge", ...three, "-o", "out.json"], { cwd })).toMatchObject({ code: 0, stdout: "" });
  expect(readFileSync(join(cwd, "out.json"), "utf8")).toBe(merged);
  expect(existsSync(join(cwd, "out.json.conflicts.json"))).toBe(false);
});

test("DM-09 a conflict is valid JSON with ours, its decisions lie beside it, and fm validate fails until they are gone", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("o"));
  const args = ["merge", ...three, "-o", "out.json"];
  const { code, stderr } = await fm(args, { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('Both sides changed config.message of the stage "a", each to something else.');
  expect(readFileSync(join(cwd, "out.json"), "utf8")).toBe(pipeline("n"));
  expect(JSON.parse(readFileSync(join(cwd, "out.json.conflicts.json"), "utf8"))).toMatchObject({
    version: 1,
    labels: { ours: "ours.json", theirs: "theirs.json" },
    decisions: [{ id: "/stages/a/config/message", base: "m", ours: "n", theirs: "o" }],
    choices: [],
    texts: { base: pipeline("m"), ours: pipeline("n"), theirs: pipeline("o") },
  });
  const invalid = await fm(["validate", "out.json"], { cwd });
  expect(invalid.code).toBe(1);
  expect(invalid.stdout).toContain("A merge left a decision open.");
  expect(await fm([...args, "--favor", "theirs"], { cwd })).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "out.json"), "utf8")).toBe(pipeline("o"));
  expect(await fm(["validate", "out.json"], { cwd })).toMatchObject({ code: 0 });
});

test("DM-09 what is left of a merge and lists no decisions is said to be no merge's", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("o"));
  for (const [left, words] of [
    ["{}", "lists no decisions: it is not as a merge wrote it"],
    ["not JSON", "lists no decisions: it is not as a merge wrote it"],
    ['{"decisions": []}', "A merge left no decision open, but"],
    ['{"decisions": [{"id": "/version"}, 1]}', 'A merge left 2 decisions open. What "/version" is about'],
  ] as const) {
    writeFileSync(join(cwd, "ours.json.conflicts.json"), left);
    const { code, stdout } = await fm(["validate", "ours.json"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain(words);
  }
});

test("DM-06 the id of an automatic decision is told too: of two orders the other can be chosen", async () => {
  const ordered = (...ids: readonly string[]): string =>
    JSON.stringify({ stages: ids.map((id) => ({ id, component_type: "logger", config: { message: id } })) });
  const cwd = await folderWith(
    ordered("a", "b", "c"),
    ordered("c", "b", "a"),
    `${ordered("b", "c", "a").slice(0, -1)},"version":"1.0.0"}`,
  );
  const { code, stderr } = await fm(["merge", ...three, "-o", "out.json"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain("  #order is one of ours, theirs, base\n");
  const theirs = ["-o", "out.json", "--choose", "#order=theirs"];
  expect(await fm(["merge", ...three, ...theirs], { cwd })).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "out.json"), "utf8")).toMatch(/"b".*"c".*"a"/);
});

test("DM-09 decisions are made by their ids, and the file with those that are open goes with the last", async () => {
  const cwd = await folderWith(
    pipeline("m", { version: "1.0.0" }),
    pipeline("n", { version: "2.0.0" }),
    pipeline("o", { version: "3.0.0" }),
  );
  const args = ["merge", ...three, "-o", "out.json"];
  const first = await fm([...args, "--choose", "/version=base"], { cwd });
  expect(first.code).toBe(1);
  expect(first.stderr).toContain("/stages/a/config/message is one of ours, theirs, base");
  expect(readFileSync(join(cwd, "out.json"), "utf8")).toBe(pipeline("n", { version: "1.0.0" }));
  const both = ["--choose", "/version=base", "--choose", "/stages/a/config/message=theirs"];
  expect(await fm([...args, ...both], { cwd })).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "out.json"), "utf8")).toBe(pipeline("o", { version: "1.0.0" }));
  expect(existsSync(join(cwd, "out.json.conflicts.json"))).toBe(false);
  for (const [choice, words] of [
    ["/description=ours", 'no decision "/description"'],
    ["/version=both", 'The decision "/version" is one of ours, theirs, base, not both.'],
    ["/version=mine", "--choose is the id of a decision"],
  ] as const) {
    const wrong = await fm(["merge", ...three, "-o", "none.json", "--choose", choice], { cwd });
    expect(wrong).toMatchObject({ code: 3, stderr: expect.stringContaining(words) });
    expect(existsSync(join(cwd, "none.json"))).toBe(false);
  }
});

test("DM-13 as a document: whether it is merged, what was decided, and the text", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("o"));
  const { code, stdout, stderr } = await fm(["merge", ...three, "--format", "json"], { cwd });
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({
    merged: false,
    text: pipeline("n"),
    decisions: [{ state: "open" }],
  });
});

test("DM-13 what a merge left open is told to whoever reads SARIF of a pull request", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("o"));
  expect(await fm(["merge", ...three, "-o", "out.json"], { cwd })).toMatchObject({ code: 1 });
  const { code, stdout } = await fm(["validate", "out.json", "--format", "sarif"], { cwd });
  expect(code).toBe(1);
  const [run] = JSON.parse(stdout).runs;
  expect(run.results).toMatchObject([
    {
      level: "error",
      message: { text: expect.stringContaining("A merge left a decision open.") },
      locations: [{ physicalLocation: { artifactLocation: { uri: "out.json" } } }],
    },
  ]);
});

test("DM-07 where one side changed the file, every byte is that side's, however it is written", async () => {
  const odd = Buffer.from('\uFEFF{"stages":\r\n\t[ ] ,  // none\n\r "name" : "\\u0070", }\n\r');
  for (const [ours, theirs] of [
    [odd, pipeline("m")],
    [pipeline("m"), odd],
    [odd, odd],
  ] as const) {
    const cwd = await folderWith(pipeline("m"), ours, theirs);
    expect(await fm(["merge", ...three, "-o", "out.json"], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "out.json")).equals(odd)).toBe(true);
  }
});

test.each([
  ["ours", "{", /ours\.json: /],
  ["theirs", "", /theirs\.json: The file is empty/],
  ["theirs", Buffer.from([0x7b, 0xff, 0x7d]), /theirs\.json is not UTF-8 text/],
] as const)(
  "DM-09 one side that alone changed, and is no pipeline, is no merged file: %s %j",
  async (side, bytes, words) => {
    const same = pipeline("m");
    const cwd = await folderWith(same, side === "ours" ? bytes : same, side === "theirs" ? bytes : same);
    const { code, stderr } = await fm(["merge", ...three, "-o", "out.json"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(existsSync(join(cwd, "out.json"))).toBe(false);
  },
);

test("DM-09 a merged file takes the old one's place whole, and nothing is left beside one that cannot be written", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("o"));
  const [out, old] = [join(cwd, "out.json"), join(cwd, "old.json")];
  writeFileSync(out, "old");
  linkSync(out, old);
  expect(await fm(["merge", ...three, "-o", "out.json"], { cwd })).toMatchObject({ code: 1 });
  expect(readFileSync(out, "utf8")).toBe(pipeline("n"));
  expect(readFileSync(old, "utf8")).toBe("old");
  expect(await fm(["merge", ...three, "-o", "out.json", "--favor", "ours"], { cwd })).toMatchObject({
    code: 0,
  });
  expect(readdirSync(cwd).toSorted()).toEqual([
    "base.json",
    "old.json",
    "ours.json",
    "out.json",
    "theirs.json",
  ]);
  mkdirSync(join(cwd, "folder"));
  const refused = await fm(["merge", ...three, "-o", "folder"], { cwd });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("folder cannot be written") });
  expect(existsSync(join(cwd, "folder.conflicts.json"))).toBe(false);
});

test("DM-08 both stages that got one id can be kept by the id of the decision", async () => {
  const stages = (...more: readonly object[]): string =>
    JSON.stringify({ name: "p", stages: [{ id: "a", component_type: "logger" }, ...more] });
  const one = { id: "new", component_type: "logger", config: { message: "one" } };
  const two = { id: "new", component_type: "http_request", config: { url: "https://example.com" } };
  const cwd = await folderWith(stages(), stages(one), stages(two));
  const result = await fm(["merge", ...three, "--choose", "/stages/new=both"], { cwd });
  expect(result).toMatchObject({ code: 0, stdout: stages(one, { ...two, id: "new_2" }) });
});

test("DM-09 an error that only both changes together make keeps the merge open, and fm validate failing", async () => {
  const logger = (id: string, message: string): object => ({
    id,
    component_type: "logger",
    config: { message },
  });
  const asks = (id: string, member: string): object => ({
    id,
    component_type: "conditional",
    config: { condition: "true", true_stages: [member] },
  });
  const written = (body: readonly string[], ...more: readonly object[]): string => {
    const loop = { id: "loop", component_type: "foreach", config: { items: [1], loop_stages: body } };
    const reader = logger("reader", "{{ upstream.source.log_id }}");
    return `${JSON.stringify({ name: "p", stages: [logger("source", "m"), loop, reader, ...more] }, null, 2)}\n`;
  };
  const cwd = await folderWith(
    written(["reader", "inner"], logger("inner", "i"), logger("last", "l")),
    written(["inner"], logger("inner", "i"), asks("last", "reader")),
    written(["reader", "inner"], asks("inner", "source"), logger("last", "l")),
  );
  for (const side of three) expect(await fm(["validate", side], { cwd })).toMatchObject({ code: 0 });
  const args = ["merge", ...three, "-o", "out.json", "--favor", "ours"];
  const { code, stderr } = await fm(args, { cwd });
  expect(code).toBe(1);
  expect(stderr).toMatch(/open: With both changes there is an error that neither side has\. .*: "source"/);
  expect(await fm(["validate", "out.json"], { cwd })).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("A merge left a decision open."),
  });
  expect(await fm([...args, "--choose", "problem:FM1207:reader=both"], { cwd })).toMatchObject({ code: 0 });
  expect(existsSync(join(cwd, "out.json.conflicts.json"))).toBe(false);
});

test("DM-14 an empty base means that both sides made the file", async () => {
  const cwd = await folderWith("", pipeline("m"), pipeline("m", { version: "2.0.0" }));
  expect(await fm(["merge", ...three], { cwd })).toMatchObject({
    code: 0,
    stdout: pipeline("m", { version: "2.0.0" }),
  });
});

test.each([
  [["merge", "base.json", "ours.json"], 3, /Name three files/],
  [["merge", ...three, "--favor", "mine"], 3, /--favor is ours or theirs/],
  [["merge", ...three, "--format", "xml"], 3, /--format is text or json/],
  [["merge", "none.json", "ours.json", "theirs.json"], 2, /none\.json cannot be read/],
  [["merge", ...three, "-o", "out.json"], 2, /theirs\.json: /],
] as const)("%j ends with %i, says why and writes nothing", async (args, code, words) => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), "<<<<<<< ours");
  const result = await fm(args, { cwd });
  expect(result).toMatchObject({ code, stdout: "" });
  expect(result.stderr).toMatch(words);
  expect(existsSync(join(cwd, "out.json"))).toBe(false);
});

test("DM-06 of merges into one file at the same time each takes over what the one before it wrote", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("m"), pipeline("m"));
  const keys = ["one", "two", "three", "four"];
  for (const key of keys) writeFileSync(join(cwd, key), pipeline("m", { [key]: key }));
  const merged = await Promise.all(
    keys.map((key) => fm(["merge", "base.json", "ours.json", key, "-o", "ours.json"], { cwd })),
  );
  expect(merged.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(JSON.parse(readFileSync(join(cwd, "ours.json"), "utf8"))).toMatchObject(
    Object.fromEntries(keys.map((key) => [key, key])),
  );
});

test("a merge into a side beside which something stands that cannot be read writes nothing", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("m"), pipeline("n"));
  mkdirSync(join(cwd, "ours.json.conflicts.json"));
  const { code, stderr } = await fm(["merge", ...three, "-o", "ours.json"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("ours.json.conflicts.json cannot be read: ");
  expect(readFileSync(join(cwd, "ours.json"), "utf8")).toBe(pipeline("m"));
});

test("where there is no place for temporary files a merge into a file says that it keeps no other out", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("m"));
  const env = { TMPDIR: join(cwd, "base.json") };
  const { code, stderr } = await fm(["merge", ...three, "-o", "out.json"], { cwd, env });
  expect(code).toBe(0);
  expect(stderr).toContain("see to it that no other merge writes out.json meanwhile");
});

test("DM-09 what a merge left open in a file is not forgotten when another is merged into that, and can be decided", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("o"));
  writeFileSync(join(cwd, "other.json"), pipeline("m", { version: "2.0.0" }));
  const into = (theirs: string, ...more: readonly string[]): ReturnType<typeof fm> =>
    fm(["merge", "base.json", "ours.json", theirs, "-o", "ours.json", ...more], { cwd });
  const beside = join(cwd, "ours.json.conflicts.json");
  expect(await into("theirs.json")).toMatchObject({ code: 1 });
  const left = readFileSync(beside, "utf8");
  expect(await into("other.json")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("ours.json has decisions that another merge left open"),
  });
  expect(readFileSync(beside, "utf8")).toBe(left);
  expect(readFileSync(join(cwd, "ours.json"), "utf8")).toBe(pipeline("n"));
  const choice = "/stages/a/config/message=theirs";
  expect(await into("theirs.json", "--choose", choice)).toMatchObject({ code: 0 });
  expect(existsSync(beside)).toBe(false);
  expect(await into("other.json")).toMatchObject({ code: 0 });
});

test("DM-09 a merge to standard output leaves nothing beside it, and a missing folder is named", async () => {
  const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("o"));
  expect(await fm(["merge", ...three, "-o", "-"], { cwd })).toMatchObject({ code: 1, stdout: pipeline("n") });
  if (process.platform !== "win32") {
    expect(await fm(["merge", ...three, "-o", "/dev/null"], { cwd })).toMatchObject({ code: 1, stdout: "" });
    expect(existsSync("/dev/null.conflicts.json")).toBe(false);
  }
  expect(readdirSync(cwd).toSorted()).toEqual(three.toSorted());
  expect(await fm(["merge", ...three, "-o", "no/out.json"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("no/out.json cannot be written: there is no folder no."),
  });
});

test.skipIf(process.platform === "win32")(
  "who waits for another merge into a file is told so, can end that, and goes on when the other is killed",
  async () => {
    const cwd = await folderWith(pipeline("m"), pipeline("n"), pipeline("m", { version: "2.0.0" }));
    execFileSync("mkfifo", [join(cwd, "never.json")]);
    const first = startFm(["merge", "base.json", "ours.json", "never.json", "-o", "out.json"], { cwd });
    // It has the file as soon as it reads what never ends.
    const held = await open(join(cwd, "never.json"), "w");
    onTestFinished(() => held.close());
    const waiting = (): ReturnType<typeof startFm> => startFm(["merge", ...three, "-o", "out.json"], { cwd });
    const told = async ({ process: { stderr } }: ReturnType<typeof startFm>): Promise<void> => {
      for await (const text of on(stderr, "data"))
        if (String(text).includes(`Waiting for another fm merge (process ${first.process.pid})`)) return;
    };
    const second = waiting();
    await told(second);
    second.process.kill("SIGINT");
    expect(await second.ended).toMatchObject({ code: 130 });
    expect(existsSync(join(cwd, "out.json"))).toBe(false);
    const third = waiting();
    await told(third);
    first.process.kill("SIGKILL");
    expect(await third.ended).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "out.json"), "utf8")).toBe(pipeline("n", { version: "2.0.0" }));
  },
);
