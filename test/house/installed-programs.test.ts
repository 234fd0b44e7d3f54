import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findChromium } from "../../scripts/install/chromium.ts";
import { findDesktopCode } from "../../scripts/launch/desktop.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "fm-path-"));
  vi.stubEnv("PATH", folder);
  vi.stubEnv("CHROME_PATH", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("a VS Code that is new enough is used", () => {
  program("code", "echo 1.115.0; echo 0123456789abcdef; echo x64");
  expect(findDesktopCode()).toEqual({ kind: "usable", version: "1.115.0" });
  program("code", "echo 2.0.1");
  expect(findDesktopCode()).toEqual({ kind: "usable", version: "2.0.1" });
});

test("a VS Code that is too old is not, and the reason names both versions", () => {
  program("code", "echo 1.114.3");
  const reason = "The VS Code on PATH is 1.114.3, and 1.115 or newer is needed";
  expect(findDesktopCode()).toEqual({ kind: "unusable", reason });
});

test("a missing or a broken VS Code is none", () => {
  const reason = "There is no VS Code on PATH (the command `code`)";
  expect(findDesktopCode()).toEqual({ kind: "unusable", reason });
  program("code", "exit 1");
  expect(findDesktopCode()).toEqual({ kind: "unusable", reason });
});

test("CHROME_PATH goes before the browsers on PATH, and must exist", () => {
  const onPath = program("chromium", "exit 0");
  expect(findChromium()).toBe(onPath);
  const chosen = program("my-browser", "exit 0");
  vi.stubEnv("CHROME_PATH", chosen);
  expect(findChromium()).toBe(chosen);
  vi.stubEnv("CHROME_PATH", path.join(folder, "gone"));
  expect(() => findChromium()).toThrow(/CHROME_PATH names .*gone, which does not exist/);
});

function program(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}
