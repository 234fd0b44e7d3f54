import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Position,
  PrepareRenameRequest,
  RenameRequest,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { heirsRequest, inheritanceChanged, inheritanceRequest } from "#protocol";
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

const base = `{
  "name": "base",
  "stages": [
    { "id": "read", "component_type": "logger", "config": { "message": "m" } },
    { "id": "tell", "component_type": "logger", "config": { "message": "{{ upstream.read.logged }}" }, "depends_on": ["read"] }
  ]
}
`;
const middle = `{ "name": "middle", "extends": "base", "overrides": { "read": { "config": { "level": "debug" } } } }`;
const child = `{ "name": "child", "extends": "middle", "stages": [
  { "id": "mine", "component_type": "logger", "config": { "message": "{{ read.logged }}" }, "depends_on": ["read"] }
] }`;
const other = `{ "name": "other", "stages": [{ "id": "read", "component_type": "logger", "config": { "message": "o" } }] }`;
const files = {
  "flowmason.json": "{}",
  "base.pipeline.json": base,
  "middle.pipeline.json": middle,
  "child.pipeline.json": child,
  "other.pipeline.json": other,
};

test("CE-02 F2 on an id changes it in the file and in all that inherit from it, as the canvas does, saved or not", async () => {
  expect(client.introduction.capabilities.renameProvider).toEqual({ prepareProvider: true });
  const uri = await project();
  client.open(uri("base.pipeline.json"), base);
  const edit = await rename(uri("base.pipeline.json"), positionOf(base, "read.logged"), "take");
  expect(changed(edit, uri)).toEqual({
    "base.pipeline.json": base.replaceAll('"read"', '"take"').replace("upstream.read", "upstream.take"),
    "middle.pipeline.json": middle.replace('"read"', '"take"'),
    "child.pipeline.json": child.replace('["read"]', '["take"]').replace("{{ read", "{{ take"),
  });
  // What is typed in one that inherits counts, and may be why it cannot be.
  client.open(uri("child.pipeline.json"), child);
  client.change(uri("child.pipeline.json"), 2, [{ text: child.replace('"mine"', '"take"') }]);
  await expect(rename(uri("base.pipeline.json"), positionOf(base, "read"), "take")).rejects.toThrow(
    'In child.pipeline.json, which extends this pipeline: The pipeline that extends this one has a stage "take" already.',
  );
  await expect(rename(uri("base.pipeline.json"), positionOf(base, "read"), "tell")).rejects.toThrow(
    'There is a stage "tell" already',
  );
});

test("CE-02 F2 tells what is under the cursor, and where to change the id of what is inherited", async () => {
  const uri = await project();
  client.open(uri("base.pipeline.json"), base);
  client.open(uri("child.pipeline.json"), child);
  const params = (name: string, position: Position) => ({ textDocument: { uri: uri(name) }, position });
  const prepared = await client.request(
    PrepareRenameRequest.type,
    params("base.pipeline.json", positionOf(base, "read")),
  );
  expect(prepared).toEqual({
    placeholder: "read",
    range: { start: { line: 3, character: 13 }, end: { line: 3, character: 17 } },
  });
  await expect(
    client.request(PrepareRenameRequest.type, params("base.pipeline.json", positionOf(base, "stages"))),
  ).rejects.toThrow("There is no id of a stage here");
  await expect(rename(uri("child.pipeline.json"), positionOf(child, "read.logged"), "take")).rejects.toThrow(
    '"read" is inherited from base.pipeline.json. Change its id there; this file follows.',
  );
});

test("CE-02 F2 and the canvas know a file that came, changed or went while the client told of nothing", async () => {
  const uri = await project();
  client.open(uri("base.pipeline.json"), base);
  await rename(uri("base.pipeline.json"), positionOf(base, "read"), "take");
  const moved = `\n\n${child}`;
  const late = child.replace('"child"', '"late"');
  await writeFile(fileURLToPath(uri("child.pipeline.json")), moved);
  await writeFile(fileURLToPath(uri("late.pipeline.json")), late);
  await rm(fileURLToPath(uri("other.pipeline.json")));
  const edit = await rename(uri("base.pipeline.json"), positionOf(base, "read"), "take");
  const to = (text: string): string => text.replace('["read"]', '["take"]').replace("{{ read", "{{ take");
  expect(applied(moved, edit.changes?.[uri("child.pipeline.json")] ?? [])).toBe(to(moved));
  expect(applied(late, edit.changes?.[uri("late.pipeline.json")] ?? [])).toBe(to(late));
  await rm(fileURLToPath(uri("late.pipeline.json")));
  expect(await client.connection.sendRequest(heirsRequest.name, { uri: uri("base.pipeline.json") })).toEqual({
    uris: [uri("child.pipeline.json"), uri("middle.pipeline.json")],
  });
});

test("CE-02 the canvas is told what a pipeline inherits, again when a parent is edited, and who inherits from it", async () => {
  const uri = await project();
  client.open(uri("child.pipeline.json"), child);
  const ask = async (name: string) =>
    inheritanceRequest.result.parse(
      await client.connection.sendRequest(inheritanceRequest.name, { uri: uri(name) }),
    );
  const told = await ask("child.pipeline.json");
  expect(told.problems).toEqual([]);
  expect(told.parent?.text).toContain('"level": "debug"');
  // Where the stage is written, whoever overrides it.
  expect(told.parent?.origins[0]).toEqual({
    stage: "read",
    pipeline: "base",
    path: "base.pipeline.json",
    uri: uri("base.pipeline.json"),
  });
  client.open(uri("base.pipeline.json"), base);
  client.change(uri("base.pipeline.json"), 2, [{ text: base.replace('"m"', '"changed"') }]);
  await client.settled();
  await expect
    .poll(() => JSON.stringify(client.notified(inheritanceChanged.name).at(-1)))
    .toContain('\\"changed\\"');
  client.change(uri("base.pipeline.json"), 3, [
    { text: base.replace('"base"', '"base", "extends": "child"') },
  ]);
  await expect
    .poll(() => JSON.stringify(client.notified(inheritanceChanged.name).at(-1)))
    .toContain("No pipeline can extend itself");
  client.change(uri("base.pipeline.json"), 4, [{ text: base }]);
  expect(await client.connection.sendRequest(heirsRequest.name, { uri: uri("base.pipeline.json") })).toEqual({
    uris: [uri("child.pipeline.json"), uri("middle.pipeline.json")],
  });
});

async function rename(uri: string, position: Position, newName: string): Promise<WorkspaceEdit> {
  const edit = await client.request(RenameRequest.type, { textDocument: { uri }, position, newName });
  if (edit === null) throw new Error("No answer.");
  return edit;
}

/** The texts that an edit makes, by file. */
function changed(edit: WorkspaceEdit, uri: (name: string) => string): Record<string, string> {
  const texts = Object.entries(files).flatMap(([name, text]): [string, string][] => {
    const edits = edit.changes?.[uri(name)];
    return edits === undefined ? [] : [[name, applied(text, edits)]];
  });
  return Object.fromEntries(texts);
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split("\n");
  for (const { range, newText } of edits.toReversed()) {
    const { start, end } = range;
    const line = lines[start.line] ?? "";
    lines[start.line] = line.slice(0, start.character) + newText + line.slice(end.character);
  }
  return lines.join("\n");
}

/** The middle of the first place of some words. */
function positionOf(text: string, words: string): Position {
  const before = text.slice(0, text.indexOf(words)).split("\n");
  return { line: before.length - 1, character: (before.at(-1)?.length ?? 0) + 1 };
}

async function project(): Promise<(name: string) => string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return (name) => pathToFileURL(join(folder, name)).href;
}
