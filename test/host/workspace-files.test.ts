import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { workspaceFiles } from "#host";

test("files inside are read and listed, in order and with /", async () => {
  const { root } = await makeWorkspace();
  const files = workspaceFiles(root);
  expect(await files.read("sub/b.txt")).toBe("b");
  expect(await files.read("./sub/../a.txt")).toBe("a");
  expect(await files.list({ suffix: ".txt" })).toEqual(["a.txt", "sub/b.txt"]);
});

test.each([
  "../outside.txt",
  "sub/../../outside.txt",
  "/etc/hostname",
  "escape/outside.txt",
  "out.txt",
  "sub\\b.txt",
  "",
  "sub/..",
])("nothing outside can be named: %s", async (path) => {
  const { root } = await makeWorkspace();
  expect(await workspaceFiles(root).read(path)).toBeUndefined();
});

test("a folder, a link in a circle and a name that no system takes are no files, and no defects", async () => {
  const { root } = await makeWorkspace();
  await mkdir(join(root, "folder.pipeline.json"));
  await symlink("circle.txt", join(root, "circle.txt"));
  const files = workspaceFiles(root);
  for (const path of ["folder.pipeline.json", "circle.txt", "n".repeat(300), "a/".repeat(3000)])
    expect(await files.read(path)).toBeUndefined();
});

test("a symbolic link within the workspace is followed", async () => {
  const { root } = await makeWorkspace();
  await symlink(join(root, "sub"), join(root, "alias"));
  expect(await workspaceFiles(root).read("alias/b.txt")).toBe("b");
});

test("a file that is not there is undefined", async () => {
  const { root } = await makeWorkspace();
  expect(await workspaceFiles(root).read("none.txt")).toBeUndefined();
  expect(await workspaceFiles(root).read("a.txt/x")).toBeUndefined();
});

async function makeWorkspace(): Promise<{ readonly root: string }> {
  const folder = await mkdtemp(join(tmpdir(), "fm-files-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const root = join(folder, "root");
  await mkdir(join(root, "sub"), { recursive: true });
  await mkdir(join(root, "node_modules"));
  await writeFile(join(folder, "outside.txt"), "outside");
  await writeFile(join(root, "a.txt"), "a");
  await writeFile(join(root, "sub", "b.txt"), "b");
  await writeFile(join(root, "node_modules", "c.txt"), "c");
  await symlink(folder, join(root, "escape"));
  await symlink(join(folder, "outside.txt"), join(root, "out.txt"));
  return { root };
}
