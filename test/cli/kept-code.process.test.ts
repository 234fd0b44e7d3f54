import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";

const fm = path.resolve("dist/node/cli.mjs");

describe("what is compiled of fm is kept for its next start", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "fm-kept-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });

  const start = (env: Readonly<Record<string, string>>): void => {
    const { PATH = "" } = process.env;
    const { stdout, stderr, status } = spawnSync(process.execPath, [fm, "--version"], {
      env: { PATH, HOME: folder, ...env },
      encoding: "utf8",
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: "0.1.0\n", stderr: "", status: 0 });
  };

  test.runIf(process.platform === "linux")(
    "in the user's folder for such, which XDG_CACHE_HOME names",
    () => {
      start({});
      expect(readdirSync(path.join(folder, ".cache", "flowmason", "compiled"))).toHaveLength(1);
      start({ XDG_CACHE_HOME: path.join(folder, "elsewhere") });
      expect(readdirSync(path.join(folder, "elsewhere", "flowmason", "compiled"))).toHaveLength(1);
    },
  );

  test("where NODE_COMPILE_CACHE says", () => {
    start({ NODE_COMPILE_CACHE: path.join(folder, "own") });
    expect(readdirSync(path.join(folder, "own"))).toHaveLength(1);
    expect(existsSync(path.join(folder, ".cache"))).toBe(false);
  });

  test("not at all with NODE_DISABLE_COMPILE_CACHE, or where nothing can be written, and fm works", () => {
    start({ NODE_DISABLE_COMPILE_CACHE: "1" });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(path.join(folder, "file"), "");
    start({ XDG_CACHE_HOME: path.join(folder, "file"), LOCALAPPDATA: path.join(folder, "file") });
  });
});
