import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readCassette } from "#core/providers";
import { deadAddress } from "../support/loopback-server.ts";
import { type Behaviour, startModelServer } from "../support/model-server.ts";
import { startAdapter } from "./support/adapter-process.ts";

/** Each call is of 25 tokens. */
const hello: Behaviour = { kind: "text", pieces: ["Good ", "day"] };

test("TE-06 what a debug session recorded, another is answered from with no model there", async () => {
  const { cwd, calls, askAt } = await project(hello);
  const recorded = await session(cwd, { recordCassette: "calls.json" });
  expect(recorded).toMatchObject({ exitCode: 0, output: expect.stringContaining('"content": "Good day"') });
  expect(calls).toHaveLength(2);
  const read = readCassette(await readFile(join(cwd, "calls.json"), "utf8"));
  expect(read).toMatchObject({ ok: true, recordings: [{}, {}] });

  await askAt(await deadAddress());
  expect(await session(cwd, { replayCassette: join(cwd, "calls.json") })).toEqual(recorded);
  expect((await session(cwd, {})).exitCode).toBe(1);
});

test.each([
  [
    { replayCassette: "none.json" },
    /There is no cassette none\.json\. Record it first: .* or recordCassette/,
  ],
  [{ recordCassette: "p.pipeline.json" }, /p\.pipeline\.json is not replaced: it is no cassette/],
  [
    { recordCassette: "a.json", replayCassette: "b.json" },
    /replayCassette: cannot be given beside recordCassette/,
  ],
  [{ maxTime: "soon" }, /maxTime: must be a time such as "30s"/],
  [{ maxTokens: 0 }, /maxTokens: /],
  [{ maxCost: 1 }, /asks local\/m, whose price is not known/],
])("a launch with %j is refused, and asks nothing", async (args, why) => {
  const { cwd, calls } = await project(hello);
  await expect(session(cwd, args)).rejects.toThrow(why);
  expect(calls).toHaveLength(0);
});

test.each([
  [{ maxTokens: 30 }, {}, /budget of 30 tokens: 50 were used, the last by stage "b"/],
  [{ maxCost: 0.03 }, { prices: { "local/m": { input: 1000, output: 1000 } } }, /budget of \$0\.03: \$0\.05/],
])("%j stops the run that goes over, in place of the pipeline's own budget", async (args, manifest, why) => {
  const { cwd, calls } = await project(hello, manifest);
  expect(await session(cwd, args)).toMatchObject({ exitCode: 1, output: expect.stringMatching(why) });
  expect(calls).toHaveLength(2);
});

test("maxTime stops a run that waits", async () => {
  const { cwd } = await project({ kind: "hang", pieces: [], gone: () => {} });
  expect(await session(cwd, { maxTime: "200ms" })).toMatchObject({
    exitCode: 1,
    output: expect.stringMatching(/budget of time: it took longer than 200 ms, and was at "a"/),
  });
});

/** Two stages that ask the model one after the other, in a workspace of their own. */
async function project(behaviour: Behaviour, manifest: object = {}) {
  const server = await startModelServer("openai", [behaviour]);
  const cwd = await mkdtemp(join(tmpdir(), "fm-launch-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const ask = (id: string, prompt: string): object => ({
    ...{ id, component_type: "generator", config: { prompt, provider: "local", model: "m" } },
  });
  const stages = [ask("a", "one"), ask("b", "{{ a.content }}")];
  const pipeline = { name: "t", version: "1.0.0", budget: { tokens: 100_000 }, stages };
  await writeFile(join(cwd, "p.pipeline.json"), JSON.stringify(pipeline));
  const askAt = (base_url: string): Promise<void> =>
    writeFile(
      join(cwd, "flowmason.json"),
      JSON.stringify({ name: "t", providers: { local: { base_url } }, ...manifest }),
    );
  await askAt(server.address);
  return { cwd, calls: server.calls, askAt };
}

/** Runs the pipeline to its end, and gives what was told of that. */
async function session(
  cwd: string,
  args: object,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const client = await startAdapter();
  let output = "";
  client.on("output", ({ body }) => {
    if (/^(Output: |The run )/.test(body.output)) output += body.output;
  });
  const [, , exited] = await Promise.all([
    client.configurationSequence(),
    client.launch({ pipeline: join(cwd, "p.pipeline.json"), cwd, noDebug: true, ...args }),
    client.waitForEvent("exited"),
    client.waitForEvent("terminated"),
  ]);
  return { exitCode: exited.body.exitCode, output };
}
