import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readJournal } from "#core/journal";
import { addressKey } from "#core/ports";
import { fm, startFm } from "../support/fm.ts";
import { startServer } from "../support/loopback-server.ts";
import { startModelServer } from "../support/model-server.ts";

/** Each call is of 25 tokens. */
const hello = { kind: "text", pieces: ["Hi"] } as const;
const prices = { "local/m": { input: 1000, output: 1000 } };

test("a run stops at the stage that goes over the tokens of the command line, and says what was used", async () => {
  const { cwd, calls } = await project({});
  const { code, stdout } = await fm(["run", "p.json", "--json", "--max-tokens", "30"], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    status: "failed",
    failure: {
      message: expect.stringMatching(/budget of 30 tokens: 50 were used, the last by stage "b"/),
      details: { cap: "tokens", limit: 30, used: 50 },
    },
    usage: { calls: 2 },
  });
  expect(calls).toHaveLength(2);
});

test("and over the cost, by the project's prices", async () => {
  const { cwd, calls } = await project({ prices });
  const { code, stderr } = await fm(["run", "p.json", "--max-cost", "0.03"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /The run failed: EXECUTION\n.*budget of \$0\.03: \$0\.05 were spent, the last by stage "b"/,
  );
  expect(calls).toHaveLength(2);
});

test("without a price nothing is asked where the cost is limited", async () => {
  const { cwd, calls } = await project({});
  const { code, stderr } = await fm(["run", "p.json", "--max-cost", "1"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/error .*Stage "a" asks local\/m, whose price is not known/);
  expect(calls).toHaveLength(0);
});

test.each([
  ["--max-tokens", "many"],
  ["--max-cost", "-1"],
  ["--max-time", "soon"],
])("%s %s is wrong usage", async (option, value) => {
  const { cwd } = await project({});
  const { code, stderr } = await fm(["run", "p.json", `${option}=${value}`], { cwd });
  expect(code).toBe(3);
  expect(stderr).toContain(`${option} takes`);
});

async function project(manifest: object) {
  const server = await startModelServer("openai", [hello]);
  const cwd = await mkdtemp(join(tmpdir(), "fm-budget-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const ask = (id: string, prompt: string): object => ({
    ...{ id, component_type: "generator", config: { prompt, provider: "local", model: "m" } },
  });
  const stages = [ask("a", "one"), ask("b", "{{ a.content }}"), ask("c", "{{ b.content }}")];
  await writeFile(join(cwd, "p.json"), JSON.stringify({ name: "t", version: "1.0.0", stages }));
  const providers = { local: { base_url: server.address } };
  await writeFile(join(cwd, "flowmason.json"), JSON.stringify({ name: "t", providers, ...manifest }));
  return { cwd, calls: server.calls };
}

test("a called pipeline that goes over its own budget fails the stage that calls it, before it asks more", async () => {
  const { cwd, calls } = await project({});
  const child = JSON.parse(await readFile(join(cwd, "p.json"), "utf8"));
  await writeFile(
    join(cwd, "child.pipeline.json"),
    JSON.stringify({ ...child, name: "child", budget: { tokens: 30 } }),
  );
  const stages = [{ id: "call", component_type: "subpipeline", config: { pipeline_id: "child" } }];
  await writeFile(
    join(cwd, "main.pipeline.json"),
    JSON.stringify({ name: "main", version: "1.0.0", stages }),
  );
  const { code, stderr } = await fm(["run", "main.pipeline.json", "--max-tokens", "1000"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain(
    'The pipeline "child" failed: It went over its budget of 30 tokens: 50 were used, the last by stage "call>child/b".',
  );
  expect(calls).toHaveLength(2);
});

test("a run that was killed has taken the time that it had taken", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "fm-budget-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const asked = Promise.withResolvers<void>();
  let answers = 0;
  const address = await startServer((request, response) => {
    answers += 1;
    if (request.url === "/slow") setTimeout(() => response.end("{}"), 300);
    else asked.resolve();
  });
  const get = (id: string, more: object): object => ({
    ...{ id, component_type: "http_request", config: { url: `${address}/${id}` }, ...more },
  });
  const stages = [get("slow", {}), get("stuck", { depends_on: ["slow"] })];
  await writeFile(join(cwd, "p.json"), JSON.stringify({ name: "t", version: "1.0.0", stages }));
  const running = startFm(["run", "p.json", "--max-time", "1m"], { cwd });
  await asked.promise;
  // What ended is written soon after, and not before the next stage begins.
  await expect.poll(() => recordedEnds(cwd), { timeout: 30_000 }).toEqual(["slow"]);
  running.process.kill("SIGKILL");
  await running.ended;
  const { code, stderr } = await fm(["resume", "latest", "--max-time", "0.2s"], { cwd });
  expect(code).toBe(1);
  // What it took is more than the slow answer did, and as much more as the machine needed.
  expect(stderr).toMatch(
    /budget of time: it took longer than 200 ms, (?:[3-9]\d\d|\d{4,}) ms of that before it went on/,
  );
  expect(answers).toBe(2);
});

/** The stages whose end the only run's file tells. */
async function recordedEnds(cwd: string): Promise<readonly string[]> {
  const runs = join(cwd, ".flowmason/runs");
  const [run] = (await readdir(runs, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  if (run === undefined) return [];
  const { events } = readJournal(await readFile(join(runs, run.name, "journal.ndjson"), "utf8"));
  return events.flatMap((event) => (event.kind === "stage-succeeded" ? [addressKey(event.address)] : []));
}

test("a run that was stopped goes on with a larger budget, and has used what it used", async () => {
  const { cwd, calls } = await project({});
  await fm(["run", "p.json", "--max-tokens", "30"], { cwd });
  const again = await fm(["resume", "latest", "--max-tokens", "40", "--json"], { cwd });
  expect(again.code).toBe(1);
  expect(JSON.parse(again.stdout).failure.message).toMatch(/50 were used, before it went on/);
  expect(calls).toHaveLength(2);
  expect((await fm(["resume", "latest", "--max-tokens", "100"], { cwd })).code).toBe(0);
  // The second stage was told to stop before its end, so that it was asked again.
  expect(calls).toHaveLength(4);
});
