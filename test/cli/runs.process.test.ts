import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { fm, startFm, temporaryFolder } from "../support/fm.ts";
import { startServer } from "../support/loopback-server.ts";

const scores = {
  name: "scores",
  stages: [
    {
      id: "each",
      component_type: "foreach",
      config: { items: "{{ input.items }}", loop_stages: ["say", "double"] },
    },
    { id: "say", component_type: "logger", config: { message: "looking at {{ item }}", level: "warning" } },
    { id: "double", component_type: "json_transform", config: { template: { n: "{{ item * 2 }}" } } },
    {
      id: "sum",
      component_type: "json_transform",
      config: { template: { first: "{{ upstream.each.results[0].n }}", big: "{{ input.big }}" } },
      depends_on: ["each"],
    },
  ],
  output_stage_id: "sum",
};

let cwd = "";
beforeEach(async () => {
  cwd = await temporaryFolder();
  await writeFile(join(cwd, "flowmason.json"), '{ "name": "w" }');
  await writeFile(join(cwd, "scores.pipeline.json"), JSON.stringify(scores));
});

/** Runs the pipeline, and gives the id of its record. */
async function record(items: readonly unknown[], big = "x"): Promise<string> {
  const input = JSON.stringify({ items, big });
  const { stdout } = await fm(["run", "scores.pipeline.json", "--input", input, "--json"], { cwd });
  return JSON.parse(stdout).run;
}

async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await fm(args, { cwd });
  return JSON.parse(stdout);
}

describe("recorded runs on the command line", () => {
  test("fm runs lists them, the newest first, from any folder of the workspace", async () => {
    expect(await fm(["runs"], { cwd })).toMatchObject({ code: 0, stdout: "" });
    expect(await json("runs", "--json")).toEqual({ runs: [], total: 0 });
    const good = await record([1, 2]);
    const bad = await record([null]);
    const plain = await fm(["runs"], { cwd });
    expect(plain.stdout).toMatch(
      new RegExp(`^${bad}  failed     scores  20.*Z  .*\\n${good}  succeeded  scores  20.*Z  .*\\n$`),
    );
    const { runs, total } = await json("runs", "--json", "--limit", "1");
    expect({ runs, total }).toMatchObject({
      total: 2,
      runs: [{ id: bad, pipeline: "scores", path: "scores.pipeline.json", status: "failed", failure: {} }],
    });
    expect((await fm(["runs", "--limit", "1"], { cwd })).stderr).toContain("1 more: fm runs --limit all");
    expect((await fm(["runs", "--folder", cwd])).stdout).toBe(plain.stdout);
  });

  test("TT-01 fm show tells the state of each stage, at the end and at every event before", async () => {
    const id = await record([3]);
    const { stdout } = await fm(["show", id], { cwd });
    expect(stdout).toContain(`${id}  succeeded\npipeline  scores (scores.pipeline.json)\n`);
    expect(stdout).toMatch(/succeeded {2}each\[0\]\/double {2}json_transform {2}/);
    const end = await json("show", "latest", "--json");
    expect(end).toMatchObject({
      run: { id, status: "succeeded" },
      status: "succeeded",
      output: { first: 6 },
    });
    const { events } = end["run"] as { readonly events: number };
    for (let at = 0; at < events; at++) {
      const state = await json("show", id.slice(-5), "--at", String(at), "--json");
      expect(state).toMatchObject({ at, status: at === events - 1 ? "succeeded" : "running" });
      if (at === 0) expect(state).toMatchObject({ input: { items: [3] }, output: null, stages: [] });
    }
    const beyond = await fm(["show", id, "--at", String(events)], { cwd });
    expect(beyond).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`its last one is ${events - 1}`),
    });
  });

  test("fm show --stage gives its inputs and output, and says where it cuts one", async () => {
    const id = await record([3, 4], "y".repeat(5000));
    const { stages } = await json("show", id, "--stage", "double", "--json");
    expect(stages).toMatchObject([
      { stage: "each[0]/double", status: "succeeded", attempts: 1, output: { n: 6 } },
      { stage: "each[1]/double", output: { n: 8 } },
    ]);
    const sum = await json("show", id, "--stage", "sum", "--json");
    expect(sum["stages"]).toMatchObject([{ output: { cut: true, characters: expect.any(Number) } }]);
    const full = await json("show", id, "--stage", "sum", "--json", "--full");
    expect(full["stages"]).toMatchObject([{ output: { first: 6, big: "y".repeat(5000) } }]);
    const plain = await fm(["show", id, "--stage", "sum"], { cwd });
    expect(plain.stdout).toMatch(/… \d+ more characters; --full shows them\n$/);
    const unknown = await fm(["show", id, "--stage", "nobody"], { cwd });
    expect(unknown).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("There are each, "),
    });
  });

  test("TT-15 fm show --origin follows a value of a stage back to what made it, and says what it cannot follow", async () => {
    const id = await record([3, 4]);
    const { stdout } = await fm(["show", id, "--stage", "sum", "--origin", "output.first"], { cwd });
    const made = (event: RegExp): unknown => expect.stringMatching(event);
    expect(stdout.trimEnd().split("\n")).toEqual([
      made(/^sum\.first {2}made by json_transform \(attempt 1, event \d+\) {2}6$/),
      made(/^ {2}each\.results\[0\]\.n {2}passed on as it is \(attempt 1, event \d+\) {2}6$/),
      made(/^ {2}each\[0\]\/double\.n {2}made by json_transform \(attempt 1, event \d+\) {2}6$/),
      made(/^ {4}item of each\[0\] {2}passed on as it is \(event \d+\) {2}3$/),
      made(/^ {4}inputs of each\.items\[0\] {2}passed on by .*\(attempt 1, event \d+\) {2}3$/),
      made(/^ {4}input\.items\[0\] {2}given when the run was started \(event 0\) {2}3$/),
      made(/^ {2}input\.big {2}given when the run was started \(event 0\) {2}"x"$/),
    ]);
    const document = await json("show", id, "--stage", "each[1]/double", "--origin", "output", "--json");
    expect(document).toMatchObject({
      run: id,
      stage: "each[1]/double",
      origin: { steps: [{ place: "each[1]/double", cause: "made", stage: "each[1]/double", attempt: 1 }] },
    });
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await fm(["show", id, ...args], { cwd });
      expect(code).toBe(3);
      return stderr;
    };
    expect(await refused("--origin", "output")).toContain("name that with --stage");
    expect(await refused("--stage", "double", "--origin", "output")).toContain(
      "each[0]/double, each[1]/double",
    );
    expect(await refused("--stage", "sum", "--origin", "output.")).toContain("--origin output.");
  });

  test("fm logs prints what stages said, of all or of one", async () => {
    const id = await record([5, 6]);
    const all = await json("logs", id, "--json");
    expect(all).toMatchObject({
      run: id,
      logs: [
        { stage: "each[0]/say", attempt: 1, level: "warning", message: "looking at 5" },
        { stage: "each[1]/say", message: "looking at 6" },
      ],
    });
    const one = await fm(["logs", id, "each[1]/say"], { cwd });
    expect(one.stdout).toMatch(/^20\S+Z warning each\[1\]\/say: looking at 6/);
    expect((await json("logs", id, "double", "--json"))["logs"]).toEqual([]);
    const failed = await record([null]);
    expect(await fm(["logs", id, "nope"], { cwd })).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/No stage nope .* There are each, each\[0\]\/say/),
    });
    expect((await fm(["logs", failed], { cwd })).stdout).toMatch(/ error {3}each\[0\]\/double: EXPRESSION: /);
  });

  test("TT-08 fm diff-runs says where two runs part, what differs, and by how much time", async () => {
    const [one, same, other] = [await record([1, 2]), await record([1, 2]), await record([1, 3])];
    const alike = await fm(["diff-runs", one, same], { cwd });
    expect(alike).toMatchObject({ code: 0, stdout: expect.stringContaining("The runs are alike.\n") });
    const plain = await fm(["diff-runs", one, other], { cwd });
    expect(plain.code).toBe(1);
    expect(plain.stdout).toContain("They part first at each.\ninput items[1]: 2 → 3\n");
    expect(plain.stdout).toMatch(/each\[1\]\/double {2}succeeded {2}.*\n.*\n? {2}output n: 4 → 6\n/);
    const { code, stdout } = await fm(["diff-runs", one, other, "--format", "json"], { cwd });
    expect(code).toBe(1);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      before: { id: one, status: "succeeded" },
      after: { id: other },
      alike: false,
      pipeline_changed: false,
      first_divergent: "each",
      input: [{ path: "items[1]", before: 2, after: 3 }],
      output: [],
      input_tokens: { before: null, after: null, delta: null },
    });
    expect(document.duration_ms.delta).toBe(document.duration_ms.after - document.duration_ms.before);
    const byStage = new Map(document.stages.map((stage: { readonly stage: string }) => [stage.stage, stage]));
    expect(byStage.get("each[0]/double")).toMatchObject({ alike: true });
    expect(byStage.get("each[1]/double")).toMatchObject({ output: [{ path: "n", before: 4, after: 6 }] });
    expect(byStage.get("sum")).toMatchObject({ alike: true });
  });

  test("TT-12 fm export and fm import carry a run to another workspace", async () => {
    const id = await record([7]);
    expect(await fm(["export", "latest"], { cwd })).toMatchObject({ code: 0, stdout: "" });
    const again = await fm(["export", id], { cwd });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("is left as it is") });
    const before = (await fm(["show", id, "--stage", "double"], { cwd })).stdout;
    expect(await fm(["import", `${id}.fmrun`], { cwd })).toMatchObject({ code: 2, stdout: "" });
    const elsewhere = await temporaryFolder();
    const imported = await fm(["import", join(cwd, `${id}.fmrun`)], { cwd: elsewhere });
    expect(imported).toMatchObject({ code: 0, stdout: `${id}\n` });
    expect((await fm(["show", id, "--stage", "double"], { cwd: elsewhere })).stdout).toBe(before);
    await writeFile(join(cwd, "bad.fmrun"), (await readFile(join(cwd, `${id}.fmrun`))).subarray(0, -9));
    const bad = await fm(["import", join(cwd, "bad.fmrun")], { cwd: await temporaryFolder() });
    expect(bad).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("damaged or cut off") });
  });

  test("TT-16 fm prune removes old runs and never one at work; a run's end keeps the limits of flowmason.json", async () => {
    const reached = Promise.withResolvers<void>();
    const address = await startServer(() => reached.resolve());
    const waiting = {
      name: "w",
      stages: [{ id: "call", component_type: "http_request", config: { url: address } }],
    };
    await writeFile(join(cwd, "wait.pipeline.json"), JSON.stringify(waiting));
    const running = startFm(["run", "wait.pipeline.json"], { cwd });
    await reached.promise;
    const old = await record([1]);
    const last = await record([2]);
    const dry = await json("prune", "--keep", "1", "--dry-run", "--json");
    expect(dry).toMatchObject({ removed: [{ id: old, reason: "count" }], spared: [{}], dry_run: true });
    const pruned = await fm(["prune", "--keep", "1"], { cwd });
    expect(pruned.stdout).toMatch(new RegExp(`^${old} .* count\\n$`));
    expect(pruned.stderr).toContain("is at work or waits for an answer, and is kept");
    const { runs } = await json("runs", "--json");
    expect(runs).toMatchObject([{ id: last }, { status: "running", writer: { pid: running.process.pid } }]);
    await writeFile(join(cwd, "flowmason.json"), '{ "name": "w", "runs": { "keep": 1 } }');
    const newest = await record([3]);
    running.process.kill("SIGKILL");
    await running.ended;
    expect((await json("runs", "--json"))["runs"]).toMatchObject([{ id: newest }, { status: "crashed" }]);
    expect((await fm(["prune"], { cwd })).stderr).toMatch(/^1 run, .* removed\.\n$/);
    expect(await readdir(join(cwd, ".flowmason", "runs"))).toEqual([newest]);
  });

  test("a damaged record is shown as far as it can be read, and said", async () => {
    const id = await record([8]);
    const folder = join(cwd, ".flowmason", "runs", id);
    const text = await readFile(join(folder, "journal.ndjson"), "utf8");
    await writeFile(join(folder, "journal.ndjson"), text.replace('{"n":16}', '{"n":61}'));
    await rm(join(folder, "run.json"));
    const { code, stdout, stderr } = await fm(["show", id, "--stage", "double"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(/damaged .*, line \d+: The value .* does not match its hash/);
    expect(stdout).toContain("lost: the record has no value");
    expect((await fm(["export", id, "-o", "-"], { cwd })).code).toBe(2);
  });

  test("what leads to no run, or to several, is said", async () => {
    expect((await fm(["show", "latest"], { cwd })).stderr).toContain("There is no run latest in");
    const [one, other] = [await record([1]), await record([2])];
    const several = await fm(["show", "20"], { cwd });
    expect(several).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${other}, ${one}. Write more`),
    });
  });
});
