import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { marked, problemsOf } from "./marked.ts";

const docs = readFileSync(new URL("../../../docs/checks.md", import.meta.url), "utf8");

interface Documented {
  readonly code: string;
  readonly severity: string;
  readonly example: string;
}

const documented: readonly Documented[] = docs
  .split(/^### /m)
  .slice(1)
  .map((section) => {
    const heading = /^`([a-z-]+)` \((\w+)\)/.exec(section);
    const example = /```jsonc\n([^]*?)\n```/.exec(section);
    return { code: heading?.[1] ?? section, severity: heading?.[2] ?? "", example: example?.[1] ?? "" };
  });

describe("the examples of docs/checks.md", () => {
  test.each(documented)("$code is found exactly where the example says", ({ code, severity, example }) => {
    const { text, spans } = marked(example);
    const found = problemsOf(text).filter((problem) => problem.code === code);
    expect(found.map(({ span }) => span)).toEqual(spans);
    expect(found.map((problem) => problem.severity)).toEqual(spans.map(() => severity));
    expect(spans).toHaveLength(1);
  });
});

test("every code is documented, and nothing else is", () => {
  const written = ["core/checks", "core/pipeline"].flatMap(sourcesIn).flatMap((source) => {
    return Array.from(source.matchAll(/\bcode: "([a-z-]+)"/g), (match) => match[1] ?? "");
  });
  expect(documented.map(({ code }) => code).toSorted()).toEqual([...new Set(written)].toSorted());
});

function sourcesIn(folder: string): readonly string[] {
  const root = join(import.meta.dirname, "../../..", folder);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(root, path), "utf8"));
}
