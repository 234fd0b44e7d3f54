import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFolder } from "../../scripts/build/replace-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "fm-replace-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the new folder takes the place, and nothing of the old one stays", () => {
  const target = path.join(folder, "dist");
  replaceFolder(target, folderOf("one", ["a", "b"]));
  expect(readdirSync(target).sort()).toEqual(["a", "b"]);
  replaceFolder(target, folderOf("two", ["b", "c"]));
  expect(readdirSync(target).sort()).toEqual(["b", "c"]);
  expect(readFileSync(path.join(target, "b"), "utf8")).toBe("two");
  expect(readdirSync(folder)).toEqual(["dist"]);
});

test("a new folder that is not there leaves the error, not a mixture", () => {
  expect(() => replaceFolder(path.join(folder, "dist"), path.join(folder, "gone"))).toThrow(/ENOENT/);
});

test("several processes may replace it at once: it is whole, of one of them, and nothing is left over", async () => {
  const target = path.join(folder, "dist");
  const module = pathToFileURL(
    path.resolve(import.meta.dirname, "../../scripts/build/replace-folder.ts"),
  ).href;
  const script = `
    import { mkdirSync, writeFileSync } from "node:fs";
    import { replaceFolder } from ${JSON.stringify(module)};
    for (let round = 0; round < 40; round++) {
      const fresh = ${JSON.stringify(folder)} + "/fresh-" + process.pid;
      mkdirSync(fresh);
      for (const name of ["a", "b", "c"]) writeFileSync(fresh + "/" + name, String(process.pid));
      replaceFolder(${JSON.stringify(target)}, fresh);
    }`;
  const processes = [1, 2, 3].map(() =>
    spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "inherit" }),
  );
  const codes = await Promise.all(processes.map(async (child) => (await once(child, "exit"))[0] as unknown));
  expect(codes).toEqual([0, 0, 0]);
  expect(readdirSync(target).sort()).toEqual(["a", "b", "c"]);
  const owners = ["a", "b", "c"].map((name) => readFileSync(path.join(target, name), "utf8"));
  expect(new Set(owners).size).toBe(1);
  expect(readdirSync(folder)).toEqual(["dist"]);
});

function folderOf(content: string, names: readonly string[]): string {
  const fresh = path.join(folder, `fresh-${content}`);
  mkdirSync(fresh);
  for (const name of names) writeFileSync(path.join(fresh, name), content);
  return fresh;
}
