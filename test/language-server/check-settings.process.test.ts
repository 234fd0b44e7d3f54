import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  ShowMessageNotification,
} from "vscode-languageserver/node";
import { type Client, startClient } from "./client.ts";

let client: Client;
let folder: string;
let opened = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fm-checks-"));
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  await rm(folder, { recursive: true });
});

const text =
  '{ "output_stage_id": "b", "stages": [{ "id": "a", "component_type": "generator", "config": { "prompt": "p", "prmpt": 1 } }, { "id": "b", "component_type": "logger", "config": { "message": "m" } }] }';

function newUri(): string {
  opened += 1;
  return pathToFileURL(join(folder, `p${opened}.pipeline.json`)).href;
}

/** Resolves when the text has just these diagnostics; a check that was under way before may still tell of others. */
async function shows(uri: string, ...expected: readonly string[]): Promise<void> {
  await client.next(uri, (diagnostics) => summary(diagnostics) === expected.join());
}

async function configure(severity: object): Promise<void> {
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, {
    settings: { flowmason: { checks: { severity } } },
  });
}

function summary(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ code, severity }) => `${severity} ${code}`).join();
}

describe("how grave checks are", () => {
  test("the setting counts at once, and off takes a problem away", async () => {
    const uri = newUri();
    const first = shows(uri, "4 FM1218", "2 FM1105");
    client.open(uri, text);
    await first;
    const configured = shows(uri, "1 FM1105");
    await configure({ FM1218: "off", "unknown-config-key": "error" });
    await configured;
    const back = shows(uri, "4 FM1218", "2 FM1105");
    await configure({});
    await back;
    client.close(uri);
  });

  test("flowmason.json counts, and the setting before it", async () => {
    const uri = newUri();
    client.open(uri, text);
    await client.diagnostics(uri, 1);
    const manifest = join(folder, "flowmason.json");
    await writeFile(manifest, '{ "checks": { "severity": { "FM1218": "warning", "FM1105": "off" } } }');
    const ofProject = shows(uri, "2 FM1218");
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: pathToFileURL(manifest).href, type: FileChangeType.Created }],
    });
    await ofProject;
    const ofSetting = shows(uri, "3 FM1218");
    await configure({ "unused-output": "information" });
    await ofSetting;
    const back = shows(uri, "2 FM1218");
    await configure({});
    await back;
    client.close(uri);
  });

  test("what is written wrongly in the setting is told once", async () => {
    const messages: string[] = [];
    client.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
      messages.push(message);
    });
    await configure({ FM9999: "off" });
    await configure({ FM9999: "off" });
    await client.settled();
    expect(messages).toEqual([expect.stringContaining('There is no check "FM9999"')]);
  });
});
