import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { cli, startAdapter } from "./support/adapter-process.ts";
import { recordRunOf, workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test("DB-19 a failed run opens at its failure, and goes back and forth over its record alone", async () => {
  const folder = await workspaceWith("orders");
  const replay = await recordRunOf(folder, "orders");
  const session = transcribe(await startAdapter());
  await session.launch("orders", { replay, folder, lines1: [12] });
  await session.look();
  await session.evaluate("upstream.sum.result");
  for (let back = 0; back < 3; back++) await session.step("stepBack");
  await session.look();
  await session.step("stepIn");
  await session.look();
  await session.step("stepOut");
  await session.step("reverseContinue");
  await session.look();
  await session.step("reverseContinue");
  await session.step("reverseContinue");
  await session.step("continue");
  await session.jump(19);
  await session.look();
  await session.step("next");
  await session.step("next");
  await session.look();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("replay-failed-run"));
});

test("DB-19 a record opens on another machine, from the file that fm export wrote, with the texts that it has", async () => {
  const there = await workspaceWith("calls", "shouter");
  const run = await recordRunOf(there, "calls");
  const elsewhere = await workspaceWith();
  const file = join(elsewhere, "run.ndjson.gz");
  await promisify(execFile)(process.execPath, [cli, "export", run, "--folder", there, "--output", file]);
  await rm(there, { recursive: true });
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("calls", { replay: file, folder: elsewhere });
  await session.step("stepIn");
  await session.look();
  const { body } = await client.stackTraceRequest({ threadId: 1 });
  const source = body.stackFrames[0]?.source ?? {};
  const text = await client.sourceRequest({ source, sourceReference: source.sourceReference ?? 0 });
  expect(JSON.parse(text.body.content)).toMatchObject({ name: "shouter" });
  await session.step("continue");
  await session.look();
  await expect(session.text()).toMatchFileSnapshot(golden("replay-exported-run"));
});

test("DB-19 a record that is looked at is over once it is terminated", async () => {
  const folder = await workspaceWith("orders");
  const replay = await recordRunOf(folder, "orders");
  const client = await startAdapter();
  await transcribe(client).launch("orders", { replay, folder });
  const over = client.waitForEvent("terminated");
  await client.terminateRequest();
  await over;
});

test("TT-02 conditions see what was recorded, hits are counted from the beginning, and log points do not log again", async () => {
  const folder = await workspaceWith("orders");
  const replay = await recordRunOf(folder, "orders");
  const session = transcribe(await startAdapter());
  const logging = { line: 17, logMessage: "{upstream.read.result}" };
  await session.launch("orders", {
    replay,
    folder,
    lines1: [{ line: 12, condition: "context.item < 4" }, logging],
  });
  await session.step("reverseContinue");
  await session.step("reverseContinue");
  await session.setBreakpoints("orders", [{ line: 12, hitCondition: "2" }, logging]);
  await session.step("continue");
  await session.look();
  await session.step("continue");
  await session.step("reverseContinue");
  await session.step("reverseContinue");
  await expect(session.text()).toMatchFileSnapshot(golden("replay-terms"));
});

test("DB-19 what cannot be looked at is refused, saying why", async () => {
  const folder = await workspaceWith("review");
  const run = await recordRunOf(folder, "review");
  const refused = async (args: object): Promise<string> => {
    const client = await startAdapter();
    await client.initializeRequest();
    return await client.launchRequest({ cwd: folder, ...args } as never).then(
      () => "",
      (error: Error) => error.message,
    );
  };
  expect(await refused({ replay: "nothing" })).toMatch(/no such file, and no such run in .*fm runs lists/);
  expect(await refused({ replay: run, noDebug: true })).toMatch(/looked at in the debugger, not run/);
  expect(await refused({ replay: run, pipeline: "x" })).toMatch(/pipeline: must be given, and only where/);
  const journal = await readFile(join(folder, ".flowmason", "runs", run, "journal.ndjson"), "utf8");
  await mkdir(join(folder, "damaged"));
  await writeFile(join(folder, "damaged", "journal.ndjson"), journal.replace('"GIVEN"', '"OTHER"').slice(40));
  expect(await refused({ replay: "damaged" })).toMatch(/damaged cannot be looked at/);
});
