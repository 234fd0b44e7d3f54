import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ruleOf, rules } from "#core/checks";
import { builtInProject } from "#core/component-definitions";
import { parsePipeline } from "#core/pipeline";
import { documentedProject, marked, problemsOf } from "./marked.ts";

const docs = readFileSync(new URL("../../../docs/checks.md", import.meta.url), "utf8");

interface Documented {
  readonly code: string;
  readonly name: string;
  readonly severity: string;
  readonly example: string | undefined;
  /** Where the example is; null where it is not saved. */
  readonly path: string | null;
}

const documented: readonly Documented[] = docs
  .split(/^### /m)
  .slice(1)
  .map((section) => {
    const heading = /^(FM1\d\d\d) ([a-z-]+)\n\n(\w+)\. /.exec(section);
    const [, code = section, name = "", severity = ""] = heading ?? [];
    return {
      code,
      name,
      severity: severity.toLowerCase(),
      example: /```jsonc(?: unsaved)?\n([^]*?)\n```/.exec(section)?.[1],
      path: section.includes("```jsonc unsaved") ? null : "example.pipeline.json",
    };
  });

describe("the examples of docs/checks.md", () => {
  // What no text of a pipeline can show: a file that cannot be read, and modules of components.
  const elsewhere = ["unreadable-file", "broken-component", "component-name-taken"];
  const shown = documented.filter(({ name }) => !elsewhere.includes(name));
  test.each(shown)(
    "$name is found exactly where the example says",
    ({ code, severity, example = "", path }) => {
      const { text, spans } = marked(example);
      const others = documentedProject(docs);
      const entries = path === null ? [] : [{ path, document: parsePipeline(text) }];
      const pipelines = { entries: [...others.pipelines.entries, ...entries] };
      const project = path === null ? builtInProject : { ...others, pipelines };
      const found = problemsOf(text, project, path).filter((problem) => problem.code === code);
      expect(found.map(({ span }) => span)).toEqual(spans);
      expect(found.map((problem) => problem.severity)).toEqual(spans.map(() => severity));
      expect(spans).toHaveLength(1);
    },
  );
});

test("every rule is documented under its code and name, in the order of the codes, and nothing else is", () => {
  const table = rules.map(({ code, name, severity }) => ({ code, name, severity }));
  expect(documented.map(({ code, name, severity }) => ({ code, name, severity }))).toEqual(table);
  expect(table.map(({ code }) => code)).toEqual(table.map(({ code }) => code).toSorted());
});

test("a code and a name belong to one rule, and lead to it and to its heading", () => {
  for (const rule of rules) {
    expect(ruleOf(rule.code)).toBe(rule);
    expect(ruleOf(rule.name)).toBe(rule);
    expect(rule.code).toMatch(/^FM1\d\d\d$/);
    const heading = `${rule.code} ${rule.name}`.toLowerCase().replaceAll(" ", "-");
    expect(rule.anchor).toBe(heading);
  }
  expect(ruleOf("FM9999")).toBeUndefined();
  expect(ruleOf("constructor")).toBeUndefined();
});

test("each rule of core/checks has a file of its name", () => {
  const files = sourcesIn("core/checks/rules");
  for (const { path, source } of files) {
    const written = new Set(Array.from(source.matchAll(/\brule: "([a-z-]+)"/g), (match) => match[1]));
    expect([...written], path).toEqual([path.replace(/\.ts$/, "")]);
  }
  const read = new Set(
    ["core/pipeline", "core/components"]
      .flatMap((room) => sourcesIn(room).map(({ source }) => source))
      .join()
      .match(/FM1\d+/g),
  );
  const inFiles = files.map(({ path }) => ruleOf(path.replace(/\.ts$/, ""))?.code ?? path);
  expect([...inFiles, ...read, "FM1000"].toSorted()).toEqual(rules.map(({ code }) => code));
});

function sourcesIn(folder: string): readonly { readonly path: string; readonly source: string }[] {
  const root = join(import.meta.dirname, "../../..", folder);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path, source: readFileSync(join(root, path), "utf8") }));
}
