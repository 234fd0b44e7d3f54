import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { cli, startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

const run = promisify(execFile);
const golden = (name: string): string => `golden/${name}.txt`;

test.each(transports)(
  "DB-14 what is set by hand at a stop is used by what comes after, and recorded, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    const functions = ["after:draft", "before:check", "before:note"].map((name) => ({ name }));
    await session.launch("by-hand", { functions });
    await session.setVariable("Output/title", 'lower("BY HAND")');
    await session.setVariable("Output/scores/0", "9");
    await session.setVariable("Context/place/city", '"Bonn"');
    await session.look();
    await session.step("continue");
    await session.setExpression("inputs.data.title", "{{upstream.draft.title}} twice");
    await session.setExpression("vars.place.visits", "vars.place.visits + 1");
    await session.evaluate("inputs.data.title");
    await session.look();
    await session.step("continue");
    await session.look();
    await session.step("continue");
    await expect(session.text()).toMatchFileSnapshot(golden("set-by-hand"));
  },
);

test("DB-14 what cannot be set says why, and what to do, and nothing is changed", async () => {
  const session = transcribe(await startAdapter());
  const functions = ["before:check", "after:check", "after:route"].map((name) => ({ name }));
  await session.launch("by-hand", { functions });
  await session.setVariable("Upstream/draft/title", '"too late"');
  await session.setVariable("Inputs/condition", '"true"');
  await session.setVariable("Context/run_id", '"other"');
  await session.setVariable("Inputs/data", "Hello");
  await session.setVariable("Inputs/data", "");
  await session.setExpression("inputs.dta", "1");
  await session.setExpression("inputs.data.scores[7]", "1");
  await session.setExpression("inputs.data.titel.first", "1");
  await session.setExpression("input.title", '"Hello"');
  await session.setExpression("vars.nothing", "1");
  await session.setExpression("output", "1");
  await session.setExpression("1 + 1", "1");
  await session.step("continue");
  await session.setVariable("Output/passed", '"perhaps"');
  await session.step("stepBack");
  await session.setVariable("Output/passed", "false");
  // To where the run is live, and on.
  for (let stop = 0; stop < 2; stop++) await session.step("continue");
  await session.setVariable("Output/branch_taken", '"false"');
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("set-by-hand-refused"));
});

test("DB-14 DB-22 a secret that is typed as a value is in no record and no text of the debugger", async () => {
  const folder = await workspaceWith("by-hand");
  const secret = "typed-4f1c9a7e55d0";
  const providers = { local: { base_url: "http://127.0.0.1:1", api_key_env: "TYPED_KEY", model: "m" } };
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "p", providers }));
  const session = transcribe(await startAdapter());
  const more = { record: true, env: { TYPED_KEY: secret } };
  await session.launch("by-hand", { folder, functions: [{ name: "after:draft" }], more });
  await session.setVariable("Output/title", JSON.stringify(`key ${secret}`));
  await session.look();
  await session.step("continue");
  const [id = ""] = await readdir(join(folder, ".flowmason", "runs"));
  const journal = await readFile(join(folder, ".flowmason", "runs", id, "journal.ndjson"), "utf8");
  // What the test itself typed is in its transcript.
  expect(session.text().replace(`:= "key ${secret}"`, "")).not.toContain(secret);
  expect(session.text()).toContain("draft.title = {is:");
  expect(journal).toContain("value-overridden");
  expect(journal).not.toContain(secret);
});

test("DB-14 a record keeps what was set by hand: shown, replayed, resumed and forked", async () => {
  const folder = await workspaceWith("by-hand");
  const session = transcribe(await startAdapter());
  const functions = [{ name: "after:draft" }];
  await session.launch("by-hand", { folder, functions, more: { record: true } });
  await session.setVariable("Output/title", '"by hand"');
  await session.step("continue");
  const [id = ""] = await readdir(join(folder, ".flowmason", "runs"));
  const fm = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [cli, ...args], { cwd: folder })).stdout;

  expect(await fm("show", id)).toContain("set by hand: draft.title");
  const shown = JSON.parse(await fm("show", id, "--json", "--stage", "draft")) as {
    readonly stages: readonly { readonly output: object; readonly overrides: readonly object[] }[];
  };
  expect(shown.stages[0]?.output).toMatchObject({ title: "by hand" });
  expect(shown.stages[0]?.overrides).toEqual([
    { target: "output", path: ["title"], attempt: 1, was: "HELLO", is: "by hand" },
  ]);

  const forked = await fm("fork", id, "--json", "--set", "note.output=1");
  expect(JSON.parse(forked)).toMatchObject({ status: "succeeded" });
  expect(await fm("show", "latest", "--stage", "check")).toContain('"title": "by hand"');

  const replayed = transcribe(await startAdapter());
  await replayed.launch(id, { replay: id, folder, functions: [{ name: "before:check" }] });
  await replayed.step("continue");
  await replayed.look();
  await replayed.setVariable("Inputs/data/title", "1");
  await expect(replayed.text()).toMatchFileSnapshot(golden("set-by-hand-replayed"));
}, 120_000);
