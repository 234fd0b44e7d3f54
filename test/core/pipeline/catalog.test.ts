import { expect, test } from "vitest";
import { findPipeline, loadCatalog, type PipelineCatalog, parsePipeline, pathBeside } from "#core/pipeline";

const catalogOf = (files: Record<string, object>): PipelineCatalog => ({
  entries: Object.entries(files).map(([path, json]) => ({
    path,
    document: parsePipeline(JSON.stringify({ stages: [], ...json })),
  })),
});

const catalog = catalogOf({
  "a/base.pipeline.json": { name: "base", version: "1.2.0" },
  "a/newer.pipeline.json": { name: "base", version: "2.0.1" },
  "b/other.pipeline.json": { name: "other", id: "pipe_1" },
  "b/twin.pipeline.json": { name: "twin" },
  "c/twin.pipeline.json": { name: "twin" },
});

const pathOf = (reference: string, from: string | null = null): unknown => {
  const found = findPipeline(catalog, reference, from);
  return found.kind === "found" ? found.entry.path : found;
};

test.each([
  ["base", "a/newer.pipeline.json"],
  ["base@^1.0.0", "a/base.pipeline.json"],
  ["base@1.x", "a/base.pipeline.json"],
  ["base@>=1 <3", "a/newer.pipeline.json"],
  ["pipe_1", "b/other.pipeline.json"],
  ["a/base.pipeline.json", "a/base.pipeline.json"],
])("the reference %s means %s", (reference, path) => {
  expect(pathOf(reference)).toBe(path);
});

test("a path is read from the file that names it, then from the project's root", () => {
  expect(pathOf("../a/base.pipeline.json", "b/other.pipeline.json")).toBe("a/base.pipeline.json");
  expect(pathOf("b/other.pipeline.json", "a/base.pipeline.json")).toBe("b/other.pipeline.json");
});

test("what a reference does not lead to is said", () => {
  expect(pathOf("bsae")).toEqual({ kind: "missing", nearest: "base" });
  expect(pathOf("base@^3.0.0")).toEqual({ kind: "no-version", versions: ["1.2.0", "2.0.1"] });
  expect(pathOf("base@soon")).toEqual({ kind: "bad-range", range: "soon" });
  expect(pathOf("twin")).toEqual({
    kind: "ambiguous",
    paths: ["b/twin.pipeline.json", "c/twin.pipeline.json"],
  });
});

test("a path never leads out of the project", () => {
  expect(pathBeside("a/b.json", "../../c.json")).toBeNull();
  expect(pathBeside(null, "/etc/x.json")).toBeNull();
  expect(pathBeside("a/b.json", "..\\c.json")).toBeNull();
  expect(pathBeside("a/b.json", "./c/../d.json")).toBe("a/d.json");
});

test("the catalog has every pipeline file, and other JSON with stages beside the file and in pipeline folders", async () => {
  const texts = new Map([
    ["x/one.pipeline.json", '{"name": "one", "stages": []}'],
    ["legacy/child.json", '{"name": "child", "stages": {}}'],
    ["legacy/notes.json", '{"text": "\\"stages\\""}'],
    ["far/away.json", '{"name": "away", "stages": []}'],
    ["flows/deep/in.json", '{"name": "in", "stages": []}'],
  ]);
  const files = {
    read: (path: string) => Promise.resolve(texts.get(path)),
    list: ({ suffix }: { suffix: string }) =>
      Promise.resolve([...texts.keys()].filter((path) => path.endsWith(suffix)).toSorted()),
  };
  const loaded = await loadCatalog(files, { near: "legacy/parent.json", folders: ["./flows/"] });
  expect(loaded.entries.map(({ path }) => path)).toEqual([
    "flows/deep/in.json",
    "legacy/child.json",
    "x/one.pipeline.json",
  ]);
});
