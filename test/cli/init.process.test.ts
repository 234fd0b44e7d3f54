import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

test("a new project has no problems and runs at once, with no key", async () => {
  const cwd = await temporaryFolder();
  const made = await fm(["init", "demo"], { cwd });
  expect(made).toMatchObject({
    code: 0,
    stdout: "",
    stderr: expect.stringContaining("fm run pipelines/main.pipeline.json --sample"),
  });
  const project = join(cwd, "demo");
  expect(JSON.parse(await readFile(join(project, "flowmason.json"), "utf8"))).toMatchObject({ name: "demo" });
  expect(await fm(["validate", "."], { cwd: project })).toMatchObject({ code: 0, stdout: "" });
  const { code, stdout } = await fm(["run", "pipelines/main.pipeline.json", "--sample"], { cwd: project });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    answer: expect.stringContaining("[offline: no language model was asked"),
  });
});

test("nothing is overwritten", async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "flowmason.json"), "mine");
  const { code, stderr } = await fm(["init"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain("kept    flowmason.json");
  expect(await readFile(join(cwd, "flowmason.json"), "utf8")).toBe("mine");
  expect(await readFile(join(cwd, ".gitignore"), "utf8")).toContain(".flowmason/");
});

test("a file in the way is said, and is no project that was there", async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "taken"), "text");
  const { code, stderr } = await fm(["init", "taken"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/cannot be written: a part of its path is a file, not a folder/);
  expect(stderr).not.toContain("kept");
});

test("the component that comes along runs, and an editor knows its types with nothing installed", async () => {
  const cwd = await temporaryFolder();
  await fm(["init"], { cwd });
  const pipeline = {
    name: "count",
    stages: [{ id: "count", component_type: "word_count", config: { text: "one two", least: 3 } }],
  };
  await writeFile(join(cwd, "pipelines/count.pipeline.json"), JSON.stringify(pipeline));
  const { stdout } = await fm(["run", "pipelines/count.pipeline.json"], { cwd });
  expect(JSON.parse(stdout)).toEqual({ words: 2 });

  expect(compilerSays(cwd)).toBe("");
  const file = join(cwd, "components/word-count.ts");
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace("inputs.text.split", "inputs.txt.split").replace("{ words };", '{ words: "2" };'),
  );
  expect(compilerSays(cwd)).toMatch(/word-count\.ts\(\d+,\d+\): error TS2322/);
  expect(compilerSays(cwd)).toMatch(/Property 'txt' does not exist/);
});

function compilerSays(cwd: string): string {
  const compiler = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [compiler, "-p", "components"], { cwd, encoding: "utf8" }).stdout;
}
