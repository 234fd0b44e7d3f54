import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

const good =
  '{\n  "name": "good",\n  "stages": [{ "id": "a", "component_type": "logger", "config": { "message": "m" } }]\n}\n';
const bad =
  '{\n  "name": "bad",\n  "stages": [\n    { "id": "a", "component_type": "loger", "config": { "message": "m" } }\n  ]\n}\n';

test("a good file ends with 0 and prints nothing on stdout", async () => {
  const cwd = await folderWith({ "good.pipeline.json": good });
  expect(await fm(["validate", "good.pipeline.json"], { cwd })).toEqual({
    code: 0,
    signal: null,
    stdout: "",
    stderr: "1 file checked: 0 errors, 0 warnings.\n",
  });
});

test("an error is a line with its place, counted from 1, and ends with 1", async () => {
  const cwd = await folderWith({ "bad.pipeline.json": bad });
  const { code, stdout } = await fm(["validate", "bad.pipeline.json"], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^bad\.pipeline\.json:4:36: error .*loger.* \[FM1101 unknown-component\]\n$/);
});

test("JSON is one document in the form that is promised, counted from 0", async () => {
  const cwd = await folderWith({
    "good.pipeline.json": good,
    "sub/bad.pipeline.json": bad,
    "other.json": "{",
  });
  const { code, stdout } = await fm(["validate", ".", "--format", "json"], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    files: [
      { path: "good.pipeline.json", problems: [] },
      {
        path: "sub/bad.pipeline.json",
        problems: [
          {
            code: "FM1101",
            severity: "error",
            message: expect.stringContaining("loger"),
            range: { start: { line: 3, character: 35 }, end: { line: 3, character: 42 } },
          },
        ],
      },
    ],
  });
});

test("text that is no JSON is an error of the file, not of the command", async () => {
  const cwd = await folderWith({ "x.json": '{ "name": ' });
  const { code, stdout } = await fm(["validate", "x.json"], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^x\.json:1:\d+: error /);
});

test.each([
  ["none.json", "none.json cannot be read: there is no such file."],
  ["empty", "empty has no *.pipeline.json in it."],
])("%s ends with 2, and the other files are checked", async (path, message) => {
  const cwd = await folderWith({ "bad.pipeline.json": bad });
  await mkdir(join(cwd, "empty"));
  const { code, stdout } = await fm(["validate", path, "bad.pipeline.json", "--format", "json"], { cwd });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [
      { path, problems: [{ code: "FM1000", severity: "error", message }] },
      { path: "bad.pipeline.json", problems: [{ code: "FM1101" }] },
    ],
  });
  expect(await fm(["validate", path], { cwd })).toMatchObject({
    code: 2,
    stdout: expect.stringContaining(message),
  });
});

const unused =
  '{ "output_stage_id": "b", "stages": [{ "id": "a", "component_type": "generator", "config": { "prompt": "p", "prmpt": 1 } }, { "id": "b", "component_type": "logger", "config": { "message": "m" } }] }';

test("--strict ends with 1 for a warning", async () => {
  const cwd = await folderWith({ "x.pipeline.json": unused });
  expect((await fm(["validate", "."], { cwd })).code).toBe(0);
  expect((await fm(["validate", ".", "--strict"], { cwd })).code).toBe(1);
});

test("flowmason.json makes checks graver, or switches them off, for `fm validate` and `fm run`", async () => {
  const manifest = { checks: { severity: { "unknown-config-key": "error", FM1218: "off" } } };
  const cwd = await folderWith({ "x.pipeline.json": unused, "flowmason.json": JSON.stringify(manifest) });
  const { code, stdout } = await fm(["validate", "."], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^x\.pipeline\.json:1:\d+: error .*prmpt.* \[FM1105 unknown-config-key\]\n$/);
  const run = await fm(["run", "x.pipeline.json", "--provider", "offline"], { cwd });
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining("FM1105") });
});

test("what cannot run does not run, however light it is made", async () => {
  const lighter = { checks: { severity: { "unknown-component": "hint" } } };
  const cwd = await folderWith({
    "x.pipeline.json": bad.replace('"name": "bad"', '"$ignore": ["FM1101"]'),
    "y.pipeline.json": bad,
    "flowmason.json": JSON.stringify(lighter),
  });
  expect(await fm(["validate", "."], { cwd })).toMatchObject({ code: 0 });
  for (const file of ["x.pipeline.json", "y.pipeline.json"])
    expect(await fm(["run", file], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("loger"),
    });
});

test("a manifest that names no check is told, with the nearest name", async () => {
  const cwd = await folderWith({
    "x.pipeline.json": good,
    "flowmason.json": '{ "checks": { "severity": { "unused-outputs": "off" } } }',
  });
  const { code, stdout } = await fm(["validate", "."], { cwd });
  expect(code).toBe(2);
  expect(stdout).toContain('There is no check "unused-outputs". Did you mean "unused-output"?');
});

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "sub"));
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
  return folder;
}
