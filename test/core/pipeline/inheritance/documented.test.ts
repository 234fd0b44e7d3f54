import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePipeline, resolvePipeline } from "#core/pipeline";
import { catalogOf, jsonOf } from "./resolved.ts";

const docs = readFileSync(new URL("../../../../docs/inheritance.md", import.meta.url), "utf8");
const blocks = Array.from(
  docs.matchAll(/```jsonc (\S+)( resolved)?\n([^]*?)\n```/g),
  ([, path = "", resolved, text = ""]) => ({
    path,
    isResolved: resolved !== undefined,
    text,
  }),
);
const catalog = catalogOf(
  Object.fromEntries(blocks.filter(({ isResolved }) => !isResolved).map(({ path, text }) => [path, text])),
);
const shown = blocks.filter(({ isResolved }) => isResolved);

test.each(shown)("docs/inheritance.md: $path becomes what it says there", ({ path, text }) => {
  const entry = catalog.entries.find((each) => each.path === path);
  expect(jsonOf(resolvePipeline(entry?.document ?? parsePipeline(""), { catalog, path }))).toEqual(
    JSON.parse(text),
  );
});

test("docs/inheritance.md has its examples", () => {
  expect(shown.map(({ path }) => path)).toEqual(["child.pipeline.json", "report.pipeline.json"]);
});
