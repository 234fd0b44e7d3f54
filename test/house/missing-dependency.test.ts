import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { missingDependency } from "../../scripts/setup/dependencies.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "fm-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a clone without packages needs an install", () => {
  locked({ "node_modules/a": { version: "1.0.0" } });
  expect(missingDependency(folder)).toBe("first time");
});

test("nothing is missing when npm's record has every locked version", () => {
  locked({ "": { version: "0.1.0" }, "node_modules/a": { version: "1.0.0" } });
  installed({ "node_modules/a": { version: "1.0.0" } });
  expect(missingDependency(folder)).toBeUndefined();
});

test("a package at another version than the locked one needs an install, by name", () => {
  locked({ "node_modules/a": { version: "1.0.1" }, "node_modules/@x/b": { version: "2.0.0" } });
  installed({ "node_modules/a": { version: "1.0.1" }, "node_modules/@x/b": { version: "1.9.0" } });
  expect(missingDependency(folder)).toBe("@x/b 2.0.0 is not there yet");
});

test("a package that npm's record has and no folder holds needs an install", () => {
  locked({ "node_modules/a": { version: "1.0.0" } });
  installed({ "node_modules/a": { version: "1.0.0" } });
  rmSync(path.join(folder, "node_modules/a"), { recursive: true });
  expect(missingDependency(folder)).toBe("a 1.0.0 is not there yet");
});

test("an optional package of another platform may be absent, a needed one may not", () => {
  locked({ "node_modules/other-platform": { version: "1.0.0", optional: true } });
  installed({});
  expect(missingDependency(folder)).toBeUndefined();
  locked({ "node_modules/needed": { version: "1.0.0" } });
  expect(missingDependency(folder)).toBe("needed 1.0.0 is not there yet");
});

type Packages = Readonly<Record<string, { readonly version: string; readonly optional?: boolean }>>;

function locked(packages: Packages): void {
  writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify({ packages }));
}

function installed(packages: Packages): void {
  for (const location of ["node_modules", ...Object.keys(packages)])
    mkdirSync(path.join(folder, location), { recursive: true });
  writeFileSync(path.join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
}
