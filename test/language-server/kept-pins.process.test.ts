import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importRunRequest, keptPinsRequest, unpinKeptRequest, workspaceTrusted } from "#protocol";
import { temporaryFolder } from "../support/fm.ts";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
});

test("the pins of a file are read and taken away with no run of it, and a file of them that is damaged is said to be; in an untrusted workspace they are only read", async () => {
  const root = await temporaryFolder();
  const folder = join(root, ".flowmason", "pins");
  await mkdir(folder, { recursive: true });
  await mkdir(join(root, "flows"));
  await writeFile(join(root, "flowmason.json"), "{}");
  const kept = join(folder, "flows%2Fa.pipeline.json.json");
  const pin = { output: { n: 1 }, pinnedAt: "2026-11-01T10:00:00.000Z", run: null };
  await writeFile(kept, JSON.stringify({ version: 1, stages: { draft: pin, review: pin } }));
  const uri = pathToFileURL(join(root, "flows", "a.pipeline.json")).href;
  const ask = async (name: string, params: object) =>
    keptPinsRequest.result.parse(await client.connection.sendRequest(name, params)).pins;
  const { pinnedAt } = pin;
  expect(await ask(keptPinsRequest.name, { uri })).toEqual([
    { stage: "draft", pinnedAt, run: null },
    { stage: "review", pinnedAt, run: null },
  ]);
  // Looked at only, until it is trusted.
  const before = await readFile(kept, "utf8");
  await expect(ask(unpinKeptRequest.name, { uri, stage: "draft" })).rejects.toThrow(
    /not trusted. Its pins can be looked at, not changed/,
  );
  expect(await readFile(kept, "utf8")).toBe(before);
  const taken = { folder: pathToFileURL(root).href, file: kept };
  await expect(ask(importRunRequest.name, taken)).rejects.toThrow(/not trusted. No run can be taken into it/);
  expect(await readdir(join(root, ".flowmason"))).toEqual(["pins"]);
  client.notify(workspaceTrusted.name);
  const left = [{ stage: "review", pinnedAt, run: null }];
  expect(await ask(unpinKeptRequest.name, { uri, stage: "draft" })).toEqual(left);
  expect(await ask(unpinKeptRequest.name, { uri, stage: "gone" })).toEqual(left);
  expect(await ask(unpinKeptRequest.name, { uri, stage: "review" })).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  await writeFile(kept, "{");
  await expect(ask(keptPinsRequest.name, { uri })).rejects.toThrow(/Mend the file, or remove it/);
});
