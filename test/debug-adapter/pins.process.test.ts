import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import { expect, onTestFinished, test } from "vitest";
import { type PinList, pinRequest, pinsRequest, unpinRequest } from "#protocol";
import { cli, startAdapter } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

const pipeline = (value: unknown): string =>
  JSON.stringify({
    name: "pinned",
    version: "1.0.0",
    stages: [
      {
        id: "fetch",
        component_type: "json_transform",
        config: { data: value, template: "{{data.name}}" },
      },
      { id: "each", component_type: "foreach", config: { items: ["a", "b"], loop_stages: ["item"] } },
      {
        id: "item",
        component_type: "json_transform",
        config: { data: "{{context.item}}", template: "{{data}}" },
      },
      {
        id: "greet",
        component_type: "logger",
        depends_on: ["fetch", "each"],
        config: { message: "Hello {{upstream.fetch}}" },
      },
    ],
  });

test("DB-18 a stage that is pinned does not run, here and in later runs, and says so in journal, session and fm run", async () => {
  const folder = await workspace();
  const more = { record: true };
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("pinned", { folder, functions: [{ name: "greet" }], more });
  expect(await ask(client, pinsRequest.name, {})).toEqual([]);
  expect(await ask(client, pinRequest.name, { stage: "fetch" })).toEqual(["fetch"]);
  expect(await ask(client, pinRequest.name, { stage: "item", output: "pinned" })).toEqual(["fetch", "item"]);
  await session.step("continue");
  // What it would do now fails.
  await writeFile(join(folder, "pinned.pipeline.json"), pipeline(7));
  const later = transcribe(await startAdapter());
  await later.launch("pinned", { folder, functions: [{ name: "greet" }], more });
  await later.look();
  await later.step("continue");
  const ignoring = transcribe(await startAdapter());
  await ignoring.launch("pinned", { folder, more: { ...more, pins: "ignore" } });
  await expect(`${session.text()}\n${later.text()}\n${ignoring.text()}`).toMatchFileSnapshot(golden("pins"));

  const runs = join(folder, ".flowmason", "runs");
  const journals = await Promise.all(
    (await readdir(runs)).map((id) => readFile(join(runs, id, "journal.ndjson"), "utf8").catch(() => "")),
  );
  expect(journals.filter((text) => text.includes('"kind":"pinned"'))).toHaveLength(1);
  // Nobody commits them by mistake.
  expect(await readFile(join(folder, ".flowmason", ".gitignore"), "utf8")).toBe("*\n");
  expect(fm(folder, ["pinned.pipeline.json", "--pins"])).toMatch(/✓ fetch pinned, did not run/);
  expect(fm(folder, ["pinned.pipeline.json"])).toMatch(/✗ fetch/);
});

test("what cannot be pinned is refused with why, pins can be taken from a record, and unpinned stages run", async () => {
  const folder = await workspace();
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("pinned", { folder, functions: [{ name: "fetch" }], more: { record: true } });
  for (const [stage, why] of [
    ["fetch", /fetch cannot be pinned: it has given no output/],
    ["each", /each cannot be pinned: "each" does more than to give an output/],
    ["nobody", /the pipeline has no stage "nobody"/],
    ["call>other/inner", /stage of a called pipeline/],
  ] as const)
    await expect(client.customRequest(pinRequest.name, { stage })).rejects.toThrow(why);
  await expect(client.customRequest(unpinRequest.name, { stage: "fetch" })).rejects.toThrow(/is not pinned/);
  await session.step("continue");
  const replayed = await startAdapter();
  await transcribe(replayed).launch("latest", { folder, replay: "latest" });
  await expect(replayed.customRequest(pinRequest.name, { stage: "fetch" })).rejects.toThrow(/no output/);
  await transcribe(replayed).step("continue");
  expect(await ask(replayed, pinRequest.name, { stage: "each[1]/item" })).toEqual(["item"]);
  const [file = ""] = await readdir(join(folder, ".flowmason", "pins"));
  expect(file).toBe("pinned.pipeline.json.json");
  const path = join(folder, ".flowmason", "pins", file);
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ stages: { item: { output: "b" } } });
  expect(await ask(replayed, unpinRequest.name, { stage: "item" })).toEqual([]);
  expect(await readdir(join(folder, ".flowmason", "pins"))).toEqual([]);
  await writeFile(path, "{");
  const refused = await startAdapter();
  await expect(transcribe(refused).launch("pinned", { folder, more: { record: true } })).rejects.toThrow(
    /The pins in .* cannot be read: .* Mend the file, or remove it/,
  );
});

async function ask(client: DebugClient, request: string, args: object): Promise<readonly string[]> {
  const { body } = (await client.customRequest(request, args)) as { readonly body: PinList };
  return pinsRequest.body.parse(body).pins.map(({ stage }) => stage);
}

function fm(cwd: string, args: readonly string[]): string {
  const { stderr } = spawnSync(process.execPath, [cli, "run", ...args], { cwd, encoding: "utf8" });
  return stderr;
}

async function workspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "flowmason-pins-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, ".flowmason"));
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "t" }));
  await writeFile(join(folder, "pinned.pipeline.json"), pipeline({ name: "Ada" }));
  return folder;
}
