import { matchesGlob as systemMatchesGlob } from "node:path/posix";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isComponentPath } from "../../../host/component-host/find-component-files.ts";
import { matchesGlob } from "../../../host/component-host/matches-glob.ts";

test.each([
  ["components/a.ts", "components/**/*.{ts,js}", true],
  ["components/x/y/a.js", "components/**/*.{ts,js}", true],
  ["components/a.py", "components/**/*.{ts,js}", false],
  ["a.ts", "**", true],
  ["x/a.ts", "*.ts", false],
  ["x/a.ts", "./x/?.ts", true],
  ["x/ab.ts", "x/?.ts", false],
  ["x/a/b/c.ts", "x/**/b/**/*.ts", true],
  ["x/old-a.ts", "**/old-*", true],
])("%s and %s: %s", (path, glob, expected) => {
  expect(matchesGlob(path, glob)).toBe(expected);
});

test("it agrees with Node's own, on what both know", () => {
  const step = fc.stringMatching(/^[ab.]{1,3}$/).filter((text) => !text.startsWith("."));
  const wild = fc.oneof(step, fc.constantFrom("**", "*", "a*", "*b", "?", "a?b", "*.*"));
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 5 }),
      fc.array(wild, { minLength: 1, maxLength: 5 }),
      (path, glob) => {
        // A `**` at the end takes no steps for Node's only where something is before it.
        if (glob.at(-1) === "**") return;
        expect(matchesGlob(path.join("/"), glob.join("/"))).toBe(
          systemMatchesGlob(path.join("/"), glob.join("/")),
        );
      },
    ),
    { seed: 7, numRuns: 2000 },
  );
});

test("a glob of many stars takes no time that grows with their powers", () => {
  expect(matchesGlob("a".repeat(5000), `${"*a".repeat(500)}b`)).toBe(false);
  expect(matchesGlob("a", "{a,b}".repeat(30))).toBe(false);
});

test.each([
  ["components/a.ts", true],
  ["components/_a.ts", false],
  ["components/a.test.ts", false],
  ["components/flowmason.d.ts", false],
  ["components/a.d.mts", false],
  ["components/a.json", false],
  ["other/a.ts", false],
  ["components/deep/a.mjs", true],
])("%s is a module of components: %s", (path, expected) => {
  expect(isComponentPath(path, { include: ["components/**"], exclude: [] })).toBe(expected);
});
