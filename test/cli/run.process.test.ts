import { readdirSync, readFileSync } from "node:fs";
import { symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readJournal } from "#core/journal";
import { fm, startFm, temporaryFolder } from "../support/fm.ts";
import { deadAddress, startServer } from "../support/loopback-server.ts";
import { startModelServer } from "../support/model-server.ts";
import { startOpenAiServer } from "../support/openai-server.ts";

const greeting = {
  name: "greeting",
  input_schema: { type: "object", properties: { who: { type: "string" } }, required: ["who"] },
  stages: [
    {
      id: "greet",
      component_type: "json_transform",
      config: { template: { text: "Hello {{ input.who }}" } },
    },
  ],
  sample_input: { who: "sample" },
};

test("the output alone is on stdout, progress on stderr", async () => {
  const cwd = await folderWith(greeting);
  const { code, stdout, stderr } = await fm(["run", "p.json", "--input", '{"who": "Ada"}', "--verbose"], {
    cwd,
  });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '{\n  "text": "Hello Ada"\n}\n' });
  expect(stderr).toMatch(/▶ greet json_transform\n✓ greet/);
});

test("the input comes from a file, from standard input, or from the sample", async () => {
  const cwd = await folderWith(greeting);
  await writeFile(join(cwd, "in.json"), '\uFEFF{"who": "file"}');
  const outputs = [
    await fm(["run", "p.json", "--input-file", "in.json"], { cwd }),
    await fm(["run", "p.json", "--input-file", "-"], { cwd, stdin: '{"who": "stdin"}' }),
    await fm(["run", "p.json", "--sample"], { cwd }),
  ];
  expect(outputs.map(({ stdout }) => JSON.parse(stdout).text)).toEqual([
    "Hello file",
    "Hello stdin",
    "Hello sample",
  ]);
});

test("an output that is text is printed as text, and as JSON with --json", async () => {
  const cwd = await folderWith({
    name: "t",
    stages: [{ id: "a", component_type: "json_transform", config: { template: "a\nb" } }],
  });
  expect((await fm(["run", "p.json"], { cwd })).stdout).toBe("a\nb\n");
  const { stdout } = await fm(["run", "p.json", "--json"], { cwd });
  const run = expect.stringMatching(/^\d{8}-\d{6}-[0-9a-z]{5}$/);
  const document = { run, status: "succeeded", output: "a\nb", failure: null, problems: [], usage: null };
  expect(JSON.parse(stdout)).toEqual(document);
});

test("a missing input is said with its name, and the sample is pointed at", async () => {
  const cwd = await folderWith(greeting);
  const { code, stdout, stderr } = await fm(["run", "p.json"], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/p\.json:1:\d+: error .*who/);
  expect(stderr).toContain("try --sample");
});

test("what cannot be used ends with 2, said on stderr, and as one document with --json", async () => {
  const cwd = await folderWith({ name: "t", stages: [{ id: "a", component_type: "no_such_thing" }] });
  const plain = await fm(["run", "p.json"], { cwd });
  expect({ code: plain.code, stdout: plain.stdout }).toEqual({ code: 2, stdout: "" });
  expect(plain.stderr).toMatch(/p\.json:1:\d+: error .*no_such_thing/);
  const { code, stdout } = await fm(["run", "p.json", "--json"], { cwd });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    status: "invalid",
    problems: [
      { severity: "error", message: expect.stringContaining("no_such_thing"), range: { start: { line: 0 } } },
    ],
  });
});

test.each([
  [["run", "none.json"], 2, /none\.json cannot be read: there is no such file/],
  [["run", "."], 2, /it is a folder/],
  [["run", "p.json", "--input", "{who}"], 3, /--input is no JSON/],
  [["run", "p.json", "--input-file", "p.txt"], 2, /p\.txt is no JSON/],
  [["run", "p.json", "--sample", "--input", "{}"], 3, /Only one of/],
  [["run", "p.json", "--sample", "--journal", "p.json/x"], 2, /journal p\.json\/x cannot be written/],
])("fm %j ends with %i", async (args, expected, message) => {
  const cwd = await folderWith(greeting);
  await writeFile(join(cwd, "p.txt"), "{");
  const { code, stdout, stderr } = await fm(args, { cwd });
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(stderr).toMatch(message);
});

test("with --json there is a document also where there is nothing to run", async () => {
  const { code, stdout } = await fm(["run", "none.json", "--json"]);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    status: "invalid",
    output: null,
    failure: { message: expect.stringContaining("none.json cannot be read") },
    problems: [],
  });
});

test("a manifest that cannot be used ends with 2", async () => {
  const cwd = await folderWith(greeting);
  await writeFile(join(cwd, "flowmason.json"), "{");
  expect(await fm(["run", "p.json", "--sample"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("flowmason.json is no JSON"),
  });
});

test("a run and fm validate say the same of a file, and warnings stop nothing", async () => {
  const stage = { id: "a", component_type: "logger", config: { message: "m", mesage: "x" } };
  const cwd = await folderWith({ name: "t", stages: [stage] });
  const { code, stderr } = await fm(["run", "p.json"], { cwd });
  const validated = await fm(["validate", "p.json"], { cwd });
  expect({ code, validated: validated.code }).toEqual({ code: 0, validated: 0 });
  expect(validated.stdout).toMatch(/warning .*mesage/);
  expect(stderr.startsWith(validated.stdout)).toBe(true);
});

test("a failed run ends with 1 and names stage and cause", async () => {
  const address = await deadAddress();
  const cwd = await folderWith({
    name: "t",
    stages: [{ id: "call", component_type: "http-request", config: { url: address } }],
  });
  const { code, stdout, stderr } = await fm(["run", "p.json"], { cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(
    new RegExp(`Stage "call" failed: CONNECTIVITY\n${new URL(address).host} cannot be reached`),
  );
  const json = JSON.parse((await fm(["run", "p.json", "--json"], { cwd })).stdout);
  expect(json).toMatchObject({
    status: "failed",
    output: null,
    failure: { stage: "call", type: "CONNECTIVITY" },
  });
});

test("a failure that is caught is told, and the run goes on", async () => {
  const address = await deadAddress();
  const stages = [
    { id: "guard", component_type: "trycatch", config: { try_stages: ["call"], catch_stages: ["note"] } },
    { id: "call", component_type: "http_request", config: { url: address }, depends_on: ["guard"] },
    { id: "note", component_type: "logger", config: { message: "{{ error_type }}" }, depends_on: ["guard"] },
  ];
  const cwd = await folderWith({ name: "t", stages, output_stage_id: "guard" });
  const { code, stdout, stderr } = await fm(["run", "p.json", "-v"], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ status: "caught", recovered: true, error_type: "CONNECTIVITY" });
  expect(stderr).toMatch(/✗ guard\.try#1\/call CONNECTIVITY: 127\.0\.0\.1:\d+ cannot be reached/);
  expect(stderr).toContain("guard.catch#1/note info: CONNECTIVITY");
});

test("a server that is too busy is asked again when it says, and the last answer counts", async () => {
  const asked: number[] = [];
  const address = await startServer((_, response) => {
    asked.push(performance.now());
    response.writeHead(asked.length === 2 ? 429 : 503, { "retry-after": "1" }).end("busy");
  });
  const call = { id: "call", component_type: "http_request", config: { url: address, method: "POST" } };
  const retry_config = { max_retries: 1, initial_delay_ms: 1, max_delay_ms: 2 };
  const cwd = await folderWith({ name: "t", stages: [{ ...call, retry_config }] });
  const { code, stdout, stderr } = await fm(["run", "p.json"], { cwd });
  expect({ code, answer: JSON.parse(stdout) }).toMatchObject({
    code: 0,
    answer: { status_code: 429, success: false, body: "busy" },
  });
  expect(stderr).toMatch(
    /call CONNECTIVITY: 127\.0\.0\.1:\d+ answered 503 and asks to be left alone for 1 s/,
  );
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(950);
});

test("a provider of flowmason.json answers, and its key is in the environment", async () => {
  const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
  const cwd = await folderWith({
    name: "t",
    stages: [{ id: "g", component_type: "generator", config: { prompt: "Hi" } }],
  });
  const providers = {
    default: "local",
    local: { base_url: server.address, api_key_env: "MY_KEY", model: "m" },
  };
  await writeFile(join(cwd, "flowmason.json"), JSON.stringify({ name: "t", providers }));
  const { code, stdout } = await fm(["run", "p.json"], { cwd, env: { MY_KEY: "k1" } });
  expect({ code, content: JSON.parse(stdout).content }).toEqual({ code: 0, content: "Good day" });
  expect(server.requests[0]?.authorization).toBe("Bearer k1");
  const without = await fm(["run", "p.json"], { cwd });
  expect(without).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("MY_KEY") });
});

test("--provider replaces the provider that a stage names", async () => {
  const config = { prompt: "One sentence.", provider: "anthropic", model: "claude" };
  const cwd = await folderWith({ name: "t", stages: [{ id: "g", component_type: "generator", config }] });
  const { code, stdout } = await fm(["run", "p.json", "--provider", "offline"], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ model: "offline-extract" });
});

test("the journal tells the run", async () => {
  const cwd = await folderWith(greeting);
  await fm(["run", "p.json", "--sample", "--journal", "runs/one.ndjson"], { cwd });
  const recorded = readJournal(readFileSync(join(cwd, "runs", "one.ndjson"), "utf8"));
  expect(recorded.events.map(({ kind }) => kind)).toEqual([
    "run-started",
    "stage-started",
    "stage-succeeded",
    "run-finished",
  ]);
});

test("TT-16 every run is recorded in its workspace, unless it is told not to", async () => {
  const cwd = await folderWith(greeting);
  const { stdout, stderr } = await fm(["run", "p.json", "--sample", "--json"], { cwd });
  const { run } = JSON.parse(stdout);
  expect(stderr).toContain(`run ${run}\n`);
  const folder = join(cwd, ".flowmason", "runs", run);
  const recorded = readJournal(readFileSync(join(folder, "journal.ndjson"), "utf8"));
  expect(recorded).toMatchObject({ problems: [], torn: false });
  expect(recorded.events[0]).toMatchObject({ kind: "run-started", runId: run });
  expect(recorded.events.at(-1)).toMatchObject({ kind: "run-finished", status: "succeeded" });
  const without = await fm(["run", "p.json", "--sample", "--json", "--no-record"], { cwd });
  expect(JSON.parse(without.stdout)).toMatchObject({ run: null, status: "succeeded" });
  expect(readdirSync(join(cwd, ".flowmason", "runs"))).toEqual([run]);
});

test("a record that cannot be made refuses the run before it begins, and says how to run without one", async () => {
  const cwd = await folderWith(greeting);
  await symlink(tmpdir(), join(cwd, ".flowmason"));
  const refused = await fm(["run", "p.json", "--sample"], { cwd });
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toMatch(/leads out of the workspace by a link.*Remove the link\.\n.*--no-record/);
  expect(refused.stderr).not.toContain("✓");
  expect((await fm(["run", "p.json", "--sample", "--no-record"], { cwd })).code).toBe(0);
});

test("a journal replaces no other file: neither the pipeline nor its input", async () => {
  const cwd = await folderWith(greeting);
  await writeFile(join(cwd, "in.json"), '{"who": "file"}');
  const before = readFileSync(join(cwd, "p.json"), "utf8");
  for (const path of ["p.json", "in.json"]) {
    const { code, stdout } = await fm(
      ["run", "p.json", "--input-file", "in.json", "--json", "--journal", path],
      {
        cwd,
      },
    );
    expect(code).toBe(2);
    expect(JSON.parse(stdout).failure.message).toContain(`The journal ${path} cannot be written`);
  }
  expect(readFileSync(join(cwd, "p.json"), "utf8")).toBe(before);
  expect(readFileSync(join(cwd, "in.json"), "utf8")).toBe('{"who": "file"}');
});

test.runIf(process.platform === "linux")(
  "a full disk is no fault of ours: it ends with 2 and says so",
  async () => {
    const cwd = await folderWith(greeting);
    const full = await fm(["run", "p.json", "--sample", "--json", "--journal", "/dev/full"], { cwd });
    expect(full.code).toBe(2);
    expect(JSON.parse(full.stdout).failure.message).toBe(
      "The journal /dev/full cannot be written: the disk is full.",
    );
  },
);

test.runIf(process.platform === "linux")("a full disk stops a run that would go on for ever", async () => {
  const address = await startServer(() => {});
  const cwd = await folderWith({
    name: "t",
    stages: [{ id: "call", component_type: "http_request", config: { url: address } }],
  });
  const { code, stderr } = await fm(["run", "p.json", "--journal", "/dev/full"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("The journal /dev/full cannot be written: the disk is full.");
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s (Ctrl+C, kill, a closed terminal) cancels the run, down to the socket, and ends with 130",
  async (signal) => {
    const asked = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const address = await startServer((request) => {
      request.on("close", gone.resolve);
      asked.resolve();
    });
    const cwd = await folderWith({
      name: "t",
      stages: [{ id: "call", component_type: "http_request", config: { url: address } }],
    });
    const { process: child, ended } = startFm(["run", "p.json", "--json", "--journal", "run.ndjson"], {
      cwd,
    });
    await asked.promise;
    child.kill(signal);
    await gone.promise;
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ status: "cancelled", failure: null });
    const recorded = readJournal(readFileSync(join(cwd, "run.ndjson"), "utf8"));
    expect(recorded.events.at(-1)).toMatchObject({ kind: "run-finished", status: "cancelled" });
  },
);

async function folderWith(pipeline: object): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "p.json"), JSON.stringify(pipeline));
  return folder;
}

test("a provider that nobody knows is refused before the run", async () => {
  const cwd = await folderWith(greeting);
  const run = await fm(["run", "p.json", "--sample", "--provider", "ofline"], { cwd });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain('There is no provider "ofline". Did you mean "offline"?');
});

test("an output that does not fit output_schema fails the run, saying where", async () => {
  const output_schema = { type: "object", properties: { text: { type: "number" } } };
  const cwd = await folderWith({ ...greeting, output_schema });
  const { code, stdout } = await fm(["run", "p.json", "--sample", "--json"], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    status: "failed",
    failure: { type: "VALIDATION", message: expect.stringContaining("text must be number") },
  });
});

test("what models used and cost is said at the end, and in the document", async () => {
  const server = await startModelServer("openai", [{ kind: "text", pieces: ["Hi"] }]);
  const ask = (id: string, model: string): object => ({
    id,
    component_type: "generator",
    config: { prompt: id, provider: "local", model },
  });
  const cwd = await folderWith({
    name: "t",
    stages: [ask("a", "dear"), ask("b", "dear"), ask("c", "other")],
  });
  const manifest = {
    name: "t",
    providers: { local: { base_url: server.address } },
    prices: { "local/dear": { input: 1000, output: 10_000 } },
  };
  await writeFile(join(cwd, "flowmason.json"), JSON.stringify(manifest));
  const { code, stdout, stderr } = await fm(["run", "p.json", "--json"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain(
    "Models: 3 calls, 60 tokens in (36 of them cached), 15 out, $0.1400 and 1 call of unknown cost.",
  );
  expect(JSON.parse(stdout).usage).toEqual({
    ...{
      calls: 3,
      inputTokens: 60,
      cachedTokens: 36,
      outputTokens: 15,
      costUsd: 0.14,
      callsOfUnknownCost: 1,
    },
  });
});
