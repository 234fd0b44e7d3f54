import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver/node";
import { temporaryFolder } from "../support/fm.ts";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.stderr()).toBe("");
});

const base = (id: string): string =>
  JSON.stringify(
    { name: "base", stages: [{ id, component_type: "logger", config: { message: "m" } }] },
    null,
    2,
  );
const child = JSON.stringify(
  { name: "child", extends: "base", overrides: { first: { config: { message: "{{ input.x }}" } } } },
  null,
  2,
);

const codes = (diagnostics: readonly Diagnostic[]): unknown => diagnostics.map(({ code }) => code);

test("a child is checked with its parent as it is on disk, as it is typed, and as it is written again", async () => {
  const { uri, write } = await project({ "base.pipeline.json": base("first"), "child.pipeline.json": child });
  const childUri = uri("child.pipeline.json");
  const baseUri = uri("base.pipeline.json");
  client.open(childUri, child);
  expect(codes(await client.diagnostics(childUri, 1))).toEqual([]);

  // Typed in the open parent, and not saved.
  client.open(baseUri, base("first"));
  client.change(baseUri, 2, [{ text: base("other") }]);
  const [problem] = await client.next(childUri, ({ length }) => length > 0);
  expect(problem).toMatchObject({ code: "FM1305", range: { start: { line: 4, character: 4 } } });

  // Closed without being saved, the parent is what is on disk.
  client.close(baseUri);
  expect(codes(await client.next(childUri, ({ length }) => length === 0))).toEqual([]);

  await write("base.pipeline.json", base("renamed"));
  client.fileChanged(baseUri);
  expect(codes(await client.next(childUri, ({ length }) => length > 0))).toEqual(["FM1305"]);
});

test("a problem of an inherited stage leads into the parent's file", async () => {
  const open = JSON.stringify(
    { name: "open", abstract: true, stages: [{ id: "a", component_type: "abstract" }] },
    null,
    2,
  );
  const { uri } = await project({ "sub dir/open.pipeline.json": open });
  const childUri = uri("child.pipeline.json");
  client.open(childUri, '{ "name": "c", "extends": "open" }');
  const [problem] = await client.diagnostics(childUri, 1);
  expect(problem).toMatchObject({
    code: "FM1302",
    range: { start: { line: 0, character: 26 }, end: { line: 0, character: 32 } },
    relatedInformation: [
      { location: { uri: uri("sub dir/open.pipeline.json"), range: { start: { line: 6 } } } },
    ],
  });
});

test("a parent that comes into being is found, and the manifest's folders count", async () => {
  const { uri, write } = await project({});
  const childUri = uri("child.pipeline.json");
  client.open(childUri, child);
  expect(codes(await client.diagnostics(childUri, 1))).toEqual(["FM1301"]);
  await write("flows/base.json", base("first"));
  client.fileChanged(uri("flows/base.json"));
  await write("flowmason.json", '{ "pipeline_dirs": ["flows"] }');
  client.fileChanged(uri("flowmason.json"));
  expect(codes(await client.next(childUri, ({ length }) => length === 0))).toEqual([]);
});

test("flowmason/resolve gives the resolved text, where its stages are written, and tells when it changes", async () => {
  const parent = base("first").replace(
    '"stages": [',
    '"stages": [\n    { "id": "kept", "component_type": "logger", "config": { "message": "k" } },',
  );
  const { uri } = await project({ "base.pipeline.json": parent });
  const childUri = uri("child.pipeline.json");
  const baseUri = uri("base.pipeline.json");
  client.open(childUri, child);
  const answer = await client.resolve(childUri);
  expect(JSON.parse(answer.text ?? "")).toMatchObject({
    name: "child",
    stages: [{ id: "kept" }, { id: "first", config: { message: "{{ input.x }}" } }],
  });
  const line0 = (answer.text ?? "").split("\n").findIndex((line) => line.includes('"kept"')) - 1;
  expect(answer).toMatchObject({
    problems: [],
    inherited: [
      { line0, stage: "kept", pipeline: "base", path: "base.pipeline.json", uri: baseUri, originLine0: 3 },
    ],
  });

  const changed = client.resolvedChange(childUri);
  client.open(baseUri, parent);
  client.change(baseUri, 2, [{ text: parent.replace('"kept"', '"held"') }]);
  await changed;
  expect(JSON.parse((await client.resolve(childUri)).text ?? "")).toMatchObject({
    stages: [{ id: "held" }, {}],
  });
});

test("what cannot be resolved says why, and what is not open is refused", async () => {
  const { uri } = await project({});
  client.open(uri("child.pipeline.json"), child);
  expect(await client.resolve(uri("child.pipeline.json"))).toEqual({
    text: null,
    problems: [expect.stringContaining('There is no pipeline "base"')],
    inherited: [],
  });
  await expect(client.resolve(uri("nowhere.pipeline.json"))).rejects.toThrow(/no open pipeline/);
});

/** A project on disk, with a manifest so that nothing around it belongs to it. */
async function project(files: Readonly<Record<string, string>>): Promise<{
  readonly uri: (path: string) => string;
  readonly write: (path: string, text: string) => Promise<void>;
}> {
  const folder = await temporaryFolder();
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write("flowmason.json", "{}");
  for (const [path, text] of Object.entries(files)) await write(path, text);
  return { uri: (path) => pathToFileURL(join(folder, path)).href, write };
}
