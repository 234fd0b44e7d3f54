import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { contentHash, encodeJson, encodeParts, partsText } from "#core/journal";
import type { Json } from "#core/ports";
import { exportRun, importRunFile, openRunStore, runIds } from "#host";
import { cases } from "../../support/soak.ts";
import { emptyFolder, recordIn } from "./workspace.ts";
import { writeRun } from "./write-run.ts";

/** The line of a value, with another one as what it is put together of. */
function partsOf(line: string, other: Json): string {
  const { hash } = encodeJson(JSON.parse(line)[1]);
  return encodeParts(partsText(hash, [], JSON.stringify(other)));
}

async function importRun(root: string, file: string): Promise<string | undefined> {
  return (await importRunFile(root, file)).runs[0];
}

/** An exported run: its id, its file, and the lines of its journal. */
async function exported(): Promise<{ readonly runId: string; readonly path: string; readonly text: string }> {
  const root = await emptyFolder();
  const record = await recordIn(root);
  writeRun(record.journal, record.runId);
  await record.close();
  const path = join(root, "run.fmrun");
  await exportRun(await openRunStore(root), record.runId, { kind: "file", path });
  return { runId: record.runId, path, text: gunzipSync(await readFile(path)).toString() };
}

test("TT-12 a run goes to another workspace in one file, as it was", async () => {
  const { runId, path, text } = await exported();
  const root = await emptyFolder();
  expect(await importRun(root, path)).toBe(runId);
  expect(await readFile(join(root, ".flowmason", "runs", runId, "journal.ndjson"), "utf8")).toBe(text);
  await expect(importRun(root, path)).rejects.toThrow(/already; it is left as it is/);
  // A journal as it is, too.
  const other = await emptyFolder();
  await writeFile(join(other, "j"), text);
  expect(await importRun(other, join(other, "j"))).toBe(runId);
});

test("an export replaces no file, and there is none of what is not there or damaged", async () => {
  const { runId, path } = await exported();
  const root = join(path, "..");
  const store = await openRunStore(root);
  const before = await readFile(path);
  await expect(exportRun(store, runId, { kind: "file", path })).rejects.toThrow(/EEXIST/);
  expect(await readFile(path)).toEqual(before);
  await expect(exportRun(store, "none", { kind: "file", path: `${path}2` })).rejects.toThrow(/no run none/);
  const journal = join(root, ".flowmason", "runs", runId, "journal.ndjson");
  await writeFile(journal, (await readFile(journal, "utf8")).replace("ünïcode", "forged"));
  await expect(exportRun(store, runId, { kind: "file", path: `${path}2` })).rejects.toThrow(
    /damaged, line \d/,
  );
});

test("a file that is damaged at any byte is refused as a whole", async () => {
  const { path } = await exported();
  const whole = await readFile(path);
  const root = await emptyFolder();
  const damaged = join(root, "damaged");
  // Every so many bytes; in a soak each.
  for (let at = 0; at < whole.length; at += cases(7, 1)) {
    const flipped = Buffer.from(whole);
    // Bytes 4 to 9 of gzip's header say when and where it was packed; nothing is read of them.
    if (at >= 3 && at < 10) continue;
    // All bits: the last byte that is packed may have but one in use.
    flipped[at] = (flipped[at] ?? 0) ^ 0xff;
    for (const bytes of [flipped, whole.subarray(0, at)]) {
      await writeFile(damaged, bytes);
      await expect(importRun(root, damaged), `byte ${at} of ${whole.length}`).rejects.toThrow();
    }
  }
  expect(await readdir(join(root, ".flowmason", "runs"))).toEqual([]);
});

test("what a forged file says of itself gets it nowhere", async () => {
  const { runId, text } = await exported();
  const root = await emptyFolder();
  const file = join(root, "forged.fmrun");
  const lost = /\["[^"]{8}",.*ünïcode.*\n/.exec(text)?.[0] ?? "";
  const noJson = '{"a":';
  const forged: readonly (readonly [string, RegExp])[] = [
    [text.replace(`"runId":"${runId}"`, '"runId":"../../../escaped"'), /no id of a run/],
    [text.replace(`"runId":"${runId}"`, '"runId":"-rf"'), /no id of a run/],
    [text.replace(`"runId":"${runId}"`, '"runId":7'), /not those of a run/],
    [text.replace('"path":"p.pipeline.json"', '"path":"../../etc/passwd"'), /outside the workspace/],
    [text.replace('"path":"p.pipeline.json"', '"path":"/etc/passwd"'), /outside the workspace/],
    [text.replace('"path":"p.pipeline.json"', '"path":"C:/x"'), /outside the workspace/],
    [text.replace(lost, ""), /refers to a value that is not there/],
    [text.replace("ünïcode", "forged"), /does not match its hash/],
    [text.replace(lost, `["${contentHash(noJson).slice(0, 8)}",${noJson}]\n`), /damaged|not there/],
    [text.replace('"output":{"ref"', '"outputs":{"ref"'), /not those of a run/],
    [text.replace('[2,2,"succeeded","a"', '[2,2,"succeeded",7'), /without an address/],
    [text.replace(lost, partsOf(lost, "forged")), /does not match its reference/],
    [text.split("\n").slice(2).join("\n"), /no journal header/],
    [text.slice(0, -5), /cut off in the middle/],
    ["", /empty/],
    ["hello\n", /no JSON object/],
  ];
  for (const [bytes, message] of forged) {
    for (const packed of [gzipSync(bytes), Buffer.from(bytes)]) {
      await writeFile(file, packed);
      await expect(importRun(root, file), bytes.slice(0, 200)).rejects.toThrow(message);
    }
  }
  expect(await runIds(await openRunStore(root))).toEqual([]);
  expect(await readdir(join(root, ".flowmason", "runs"))).toEqual([]);
  await expect(importRun(root, root)).rejects.toThrow(/no file/);
  await expect(importRun(root, join(root, "none"))).rejects.toThrow(/ENOENT/);
});

test("an import follows no link out of the workspace", async () => {
  const { path } = await exported();
  const [root, outside] = [await emptyFolder(), await emptyFolder()];
  await mkdir(join(root, ".flowmason"));
  await symlink(outside, join(root, ".flowmason", "runs"));
  await expect(importRun(root, path)).rejects.toThrow(/out of the workspace/);
  expect(await readdir(outside)).toEqual([]);
});
