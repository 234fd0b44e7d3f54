import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

const tidy = `{
  // The only one.
  "name": "p",
  "stages": [
    { "id": "a", "component": "logger", "config": { "message": "m" }, "position": { "x": 1, "y": 2 } }
  ]
}
`;
const canonical = `{
  // The only one.
  "name": "p",
  "stages": [
    { "id": "a", "component_type": "logger", "config": { "message": "m" } }
  ],
  "layout": {
    "a": { "x": 1, "y": 2 }
  }
}
`;
const untidy = tidy.replaceAll("    {", "\t {").replace(/\n$/, "");

test("tidies a file in place, and leaves one that is in order", async () => {
  const cwd = await folderWith({
    "a.pipeline.json": untidy,
    "sub/b.pipeline.json": tidy,
    "other.json": untidy,
  });
  const before = await stat(join(cwd, "sub/b.pipeline.json"));
  expect(await fm(["fmt", "."], { cwd })).toEqual({
    code: 0,
    signal: null,
    stdout: "a.pipeline.json\n",
    stderr: "2 files: 1 changed.\n",
  });
  expect(await read(cwd, "a.pipeline.json")).toBe(tidy);
  expect(await read(cwd, "other.json")).toBe(untidy);
  const after = await stat(join(cwd, "sub/b.pipeline.json"));
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
});

test("writes the canonical form with --canonical, which is its own", async () => {
  const cwd = await folderWith({ "a.json": untidy });
  expect(await fm(["fmt", "--canonical", "a.json"], { cwd })).toMatchObject({ code: 0, stdout: "a.json\n" });
  expect(await read(cwd, "a.json")).toBe(canonical);
  expect(await fm(["fmt", "a.json", "--canonical", "--check"], { cwd })).toMatchObject({
    code: 0,
    stdout: "",
  });
  expect(await fm(["fmt", "a.json", "--check"], { cwd })).toMatchObject({ code: 0, stdout: "" });
});

test("tells which stages have a new id", async () => {
  const text = JSON.stringify({
    name: "p",
    stages: {
      each: {
        component: "foreach",
        config: { items: [1] },
        loop_stages: { say: { component: "logger", config: { message: "x" } } },
      },
    },
  });
  const cwd = await folderWith({ "a.json": text });
  const { code, stderr } = await fm(["fmt", "--canonical", "a.json"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain(
    "a.json: Stages that were written inside others have ids of their own now: each/say is say.",
  );
  expect(await fm(["run", "a.json"], { cwd })).toMatchObject({ code: 0 });
});

test("--check writes nothing, names what would change and ends with 1", async () => {
  const cwd = await folderWith({ "a.json": untidy, "b.json": tidy });
  expect(await fm(["fmt", "--check", "a.json", "b.json"], { cwd })).toEqual({
    code: 1,
    signal: null,
    stdout: "a.json\n",
    stderr: "2 files: 1 would change.\n",
  });
  expect(await read(cwd, "a.json")).toBe(untidy);
});

test("a file with an error of syntax is left as it is: ends with 2, says where, and goes on", async () => {
  const broken = '{\n  "name": "p",\n  "stages": [\n}\n';
  const cwd = await folderWith({ "a.json": broken, "b.json": untidy });
  const { code, stdout, stderr } = await fm(["fmt", "a.json", "b.json", "none.json"], { cwd });
  expect(code).toBe(2);
  expect(stdout).toBe("b.json\n");
  expect(stderr).toMatch(/^a\.json:4:1: error .*\[FM1001 json-syntax\]$/m);
  expect(stderr).toContain("none.json cannot be read: there is no such file.");
  expect(await read(cwd, "a.json")).toBe(broken);
  expect(await read(cwd, "b.json")).toBe(tidy);
});

test("what has an error of shape is tidied, and not made canonical", async () => {
  const text = untidy.replace('"id": "a"', '"id": "a", "depends_on": "b"');
  const cwd = await folderWith({ "a.json": text });
  const refused = await fm(["fmt", "--canonical", "a.json"], { cwd });
  expect(refused).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining('"depends_on" must be a list'),
  });
  expect(await read(cwd, "a.json")).toBe(text);
  expect(await fm(["fmt", "a.json"], { cwd })).toMatchObject({ code: 0, stdout: "a.json\n" });
});

test("byte order mark, CR LF, mode and link stay", async () => {
  const cwd = await folderWith({ "real.json": `\uFEFF${untidy.replaceAll("\n", "\r\n")}` });
  await chmod(join(cwd, "real.json"), 0o640);
  await symlink("real.json", join(cwd, "link.json"));
  expect(await fm(["fmt", "--canonical", "link.json"], { cwd })).toMatchObject({ code: 0 });
  expect(await read(cwd, "real.json")).toBe(`\uFEFF${canonical.replaceAll("\n", "\r\n")}`);
  expect((await stat(join(cwd, "real.json"))).mode & 0o777).toBe(0o640);
  expect((await lstat(join(cwd, "link.json"))).isSymbolicLink()).toBe(true);
  expect((await readdir(cwd)).toSorted()).toEqual(["link.json", "real.json", "sub"]);
});

test("what is not UTF-8 is left as it is", async () => {
  const cwd = await folderWith({});
  const bytes = Buffer.concat([
    Buffer.from('{ "name": "'),
    Buffer.from([0xe9]),
    Buffer.from('", "stages": [] }'),
  ]);
  await writeFile(join(cwd, "a.json"), bytes);
  expect(await fm(["fmt", "a.json"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("a.json is not UTF-8 text"),
  });
  expect(await readFile(join(cwd, "a.json"))).toEqual(bytes);
});

test("- formats standard input to standard output", async () => {
  expect(await fm(["fmt", "-", "--canonical"], { stdin: untidy })).toEqual({
    code: 0,
    signal: null,
    stdout: canonical,
    stderr: "",
  });
  expect(await fm(["fmt", "-", "--check"], { stdin: untidy })).toMatchObject({ code: 1, stdout: "-\n" });
  expect(await fm(["fmt", "-"], { stdin: "{" })).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(/^-:1:1: error /),
  });
});

test("asks for a path", async () => {
  expect(await fm(["fmt"])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("Name the files or folders"),
  });
  expect(await fm(["fmt", "-", "a.json"])).toMatchObject({ code: 3 });
});

async function read(cwd: string, path: string): Promise<string> {
  return readFile(join(cwd, path), "utf8");
}

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "sub"));
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
  return folder;
}
