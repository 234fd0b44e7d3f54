import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { workspaceFiles } from "#host";

test("a file is written with the folders it needs, and replaced as a whole", async () => {
  const { root } = await makeWorkspace();
  const files = workspaceFiles(root);
  expect(await files.write("out/2026/report.json", "first, and longer", "replace")).toEqual({ ok: true });
  expect(await files.write("out/2026/../2026/report.json", "second", "replace")).toEqual({ ok: true });
  expect(await files.read("out/2026/report.json")).toBe("second");
  expect(await readdir(join(root, "out/2026"))).toEqual(["report.json"]);
});

test("appending adds to what is there, and begins a file that is not", async () => {
  const { root } = await makeWorkspace();
  const files = workspaceFiles(root);
  await files.write("log.ndjson", "1\n", "append");
  await files.write("log.ndjson", "2\n", "append");
  expect(await files.read("log.ndjson")).toBe("1\n2\n");
});

test("nothing is lost of what is appended at the same time", async () => {
  const { root } = await makeWorkspace();
  const files = workspaceFiles(root);
  const lines = Array.from({ length: 40 }, (_, index) => `${index}\n`);
  await Promise.all(lines.map((line) => files.write("log.ndjson", line, "append")));
  expect(await files.read("log.ndjson")).toBe(lines.join(""));
});

test("the file keeps its rights", async () => {
  const { root } = await makeWorkspace();
  await chmod(join(root, "a.txt"), 0o600);
  for (const mode of ["replace", "append"] as const) await workspaceFiles(root).write("a.txt", "new", mode);
  expect((await stat(join(root, "a.txt"))).mode & 0o777).toBe(0o600);
});

test.each([
  ["../outside.txt", /leads out of the workspace/],
  ["sub/../../outside.txt", /leads out of the workspace/],
  ["/tmp/x.txt", /leads out of the workspace/],
  ["C:/x.txt", /leads out of the workspace/],
  ["escape/outside.txt", /by a symbolic link/],
  ["escape/new/deep.txt", /by a symbolic link/],
  ["out.txt", /by a symbolic link/],
  ["dangling.txt", /by a symbolic link/],
  ["sub\\b.txt", /Write the path with \//],
  ["a\0.txt", /NUL/],
  ["", /names no file/],
  ["sub/", /names no file/],
  ["sub/..", /names no file/],
  ["sub", /is no file/],
  [".git/hooks/pre-commit", /"\.git" holds settings/],
  ["sub/.env", /"\.env" holds settings/],
  ["flowmason.json", /holds settings of tools.*Write results as data, for example to "out/],
  ["components/score.mjs", /"components" holds the code/],
  ["x/../Components/score.ts", /"components" holds the code of the project's components/],
  ["components/table.json", /"components" holds the code/],
  ["node_modules/zod/index.js", /"node_modules" holds settings or code/],
  ["FlowMason.JSON", /settings of tools/],
  ["sub/package.json", /settings of tools/],
  ["x.code-workspace", /settings of tools/],
  ["tsconfig.base.json", /settings of tools/],
  ["sub/other.pipeline.json", /would be a pipeline/],
  ["sub/OTHER.Pipeline.json", /would be a pipeline/],
  ["lib/score.mjs", /ends in \.mjs is a program/],
  ["scripts/deploy.sh", /ends in \.sh is a program/],
  ["Makefile", /would be a program/],
  // As file systems may take the names that stand before.
  ["flowma\u017Fon.json", /settings of tools/],
  [".g\u200Cit/config", /holds settings or code of tools/],
  ["\u200C.git/config", /holds settings or code of tools/],
  ["package.json. ", /settings of tools/],
  ["package.json::$DATA", /settings of tools/],
  ["lib/score.mjs.", /is a program/],
])("%j is refused, and nothing is written", async (path, message) => {
  const { root, folder } = await makeWorkspace();
  expect(await workspaceFiles(root).write(path, "new", "replace")).toMatchObject({
    ok: false,
    failure: { type: "SECURITY", recoverable: false, message: expect.stringMatching(message) },
  });
  expect(await readFile(join(folder, "outside.txt"), "utf8")).toBe("outside");
  expect((await readdir(folder)).toSorted()).toEqual(["outside.txt", "root"]);
  expect((await readdir(root)).toSorted()).toEqual(["a.txt", "dangling.txt", "escape", "out.txt", "sub"]);
});

test("a symbolic link within the workspace stays, and what it leads to is written", async () => {
  const { root } = await makeWorkspace();
  await symlink(join(root, "a.txt"), join(root, "sub", "link.txt"));
  await workspaceFiles(root).write("sub/link.txt", "through", "replace");
  expect(await readFile(join(root, "a.txt"), "utf8")).toBe("through");
});

test("a symbolic link within the workspace does not lead to what is not a pipeline's to write", async () => {
  const { root } = await makeWorkspace();
  await mkdir(join(root, ".git"));
  await symlink(join(root, ".git"), join(root, "sub", "tools"));
  expect(await workspaceFiles(root).write("sub/tools/config", "x", "replace")).toMatchObject({
    failure: { type: "SECURITY", message: expect.stringContaining('".git" holds settings') },
  });
  expect(await readdir(join(root, ".git"))).toEqual([]);
  await writeFile(join(root, "main.pipeline.json"), "{}");
  await symlink(join(root, "main.pipeline.json"), join(root, "report.md"));
  expect(await workspaceFiles(root).write("report.md", "x", "replace")).toMatchObject({
    failure: { type: "SECURITY", message: expect.stringContaining("would be a pipeline") },
  });
  expect(await readFile(join(root, "main.pipeline.json"), "utf8")).toBe("{}");
});

test("the folders that the manifest names for components are refused, and what lies beside them is not", async () => {
  const { root } = await makeWorkspace();
  const files = workspaceFiles(root, ["src/parts", "", "./Other/"]);
  for (const path of ["src/parts/table.json", "SRC/Parts/deep/x.txt", "other/x.txt"]) {
    expect(await files.write(path, "x", "replace")).toMatchObject({
      failure: { message: expect.stringContaining("holds the code of the project's components") },
    });
  }
  for (const path of ["src/parts.txt", "src/x.json", "other.md"])
    expect(await files.write(path, "x", "replace")).toEqual({ ok: true });
});

test("a .json that other pipelines could call is neither made, in one piece or in several, nor changed", async () => {
  const { root } = await makeWorkspace();
  const files = workspaceFiles(root);
  const refusal = { ok: false, failure: { message: expect.stringContaining("its content is a pipeline") } };
  const pipeline = '{"name": "helper", "version": "99.0.0", "stages": []}';
  expect(await files.write("report.json", pipeline, "replace")).toMatchObject(refusal);
  expect(await files.write("report.json", pipeline.slice(0, 20), "append")).toEqual({ ok: true });
  expect(await files.write("report.json", pipeline.slice(20), "append")).toMatchObject(refusal);
  await writeFile(join(root, "main.json"), pipeline);
  expect(await files.write("main.json", "{}", "replace")).toMatchObject(refusal);
  expect(await readFile(join(root, "main.json"), "utf8")).toBe(pipeline);
  expect(await files.write("report.json", '{"note": "three stages"}', "replace")).toEqual({ ok: true });
});

test("what the system refuses is told, and leaves nothing behind", async () => {
  const { root } = await makeWorkspace();
  const result = await workspaceFiles(root).write(`${"n".repeat(300)}.txt`, "x", "replace");
  expect(result).toMatchObject({
    ok: false,
    failure: { message: expect.stringContaining("cannot be written") },
  });
  expect((await readdir(root)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

async function makeWorkspace(): Promise<{ readonly root: string; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "fm-files-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const root = join(folder, "root");
  await mkdir(join(root, "sub"), { recursive: true });
  await writeFile(join(folder, "outside.txt"), "outside");
  await writeFile(join(root, "a.txt"), "a");
  await symlink(folder, join(root, "escape"));
  await symlink(join(folder, "outside.txt"), join(root, "out.txt"));
  await symlink(join(folder, "not-there.txt"), join(root, "dangling.txt"));
  return { root, folder };
}
