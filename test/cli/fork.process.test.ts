import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { foldRun, readJournal } from "#core/journal";
import { addressKey } from "#core/ports";
import { fm, temporaryFolder } from "../support/fm.ts";

const stages = [
  { id: "who", component_type: "json_transform", config: { template: { name: "{{ input.who }}" } } },
  { id: "side", component_type: "command", config: { command: "echo side >> log; echo 1" } },
  {
    id: "each",
    component_type: "foreach",
    config: { items: "{{ [1, 2, 3] }}", loop_stages: ["times"] },
  },
  { id: "times", component_type: "json_transform", config: { template: { v: "{{ item * 10 }}" } } },
  {
    id: "sum",
    component_type: "json_transform",
    config: { template: { list: "{{ each.output.results }}", who: "{{ who.name }}" } },
    depends_on: ["each", "who", "side"],
  },
];

async function recorded(): Promise<string> {
  const cwd = await temporaryFolder();
  writeFileSync(
    join(cwd, "p.pipeline.json"),
    JSON.stringify({ name: "p", output_stage_id: "sum", stages }, null, 1),
  );
  const { code } = await fm(["run", "p.pipeline.json", "--input", '{"who": "Ada"}'], { cwd });
  expect(code).toBe(0);
  return cwd;
}

/** The first run of the folder. */
function original(cwd: string): string {
  return readdirSync(join(cwd, ".flowmason/runs")).toSorted()[0] ?? "";
}

/** Forks the first run. The stages that ran, by its own words, and the output. */
async function fork(cwd: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await fm(["fork", original(cwd), "--json", "-v", ...args], { cwd });
  const ran = [...stderr.matchAll(/^▶ (\S+)/gm)].map(([, stage]) => stage);
  return { code, ran, stderr, output: code === 0 ? JSON.parse(stdout).output : null };
}

const results = (...values: readonly number[]) => values.map((v) => ({ v }));

test("TT-05 a fork with an edited value, prompt or file goes on from the record and leaves the run as it is", async () => {
  const cwd = await recorded();
  const journal = join(cwd, ".flowmason/runs", original(cwd), "journal.ndjson");
  const before = readFileSync(journal, "utf8");

  const value = await fork(cwd, "--set", 'who.output.name="Grace"');
  expect(value).toMatchObject({ code: 0, ran: ["sum"], output: { who: "Grace", list: results(10, 20, 30) } });

  const said = await fork(cwd, "--set", 'who.config.template.name="Mr {{ input.who }}"');
  expect(said).toMatchObject({ code: 0, ran: ["who", "sum"], output: { who: "Mr Ada" } });

  const edited = stages.map((stage) =>
    stage.id === "times" ? { ...stage, config: { template: { v: "{{ item * 2 }}" } } } : stage,
  );
  writeFileSync(
    join(cwd, "other.pipeline.json"),
    JSON.stringify({ name: "p", output_stage_id: "sum", stages: edited }),
  );
  const file = await fork(cwd, "--pipeline", "other.pipeline.json");
  expect(file).toMatchObject({
    code: 0,
    ran: ["each[0]/times", "each[1]/times", "each[2]/times", "sum"],
    output: { list: results(2, 4, 6) },
  });

  expect(readFileSync(journal, "utf8")).toBe(before);
  expect(readFileSync(join(cwd, "log"), "utf8")).toBe("side\n");
});

test("TT-06 only what changed and what used it runs again; a dry run says so and runs nothing", async () => {
  const cwd = await recorded();
  const dry = await fm(["fork", "latest", "--set", 'input.who="Bob"', "--dry-run", "--json"], { cwd });
  expect(JSON.parse(dry.stdout)).toMatchObject({
    again: [
      { stage: "who", why: "input has changed" },
      { stage: "sum", why: "waits for who" },
    ],
    ahead: [],
  });
  expect(readdirSync(join(cwd, ".flowmason/runs"))).toHaveLength(1);
  expect(await fork(cwd, "--set", 'input.who="Bob"')).toMatchObject({
    ran: ["who", "sum"],
    output: { who: "Bob" },
  });
});

test("a dry run names what may ask a model where the record has no answer: from the cache, or failed before it", async () => {
  const cwd = await temporaryFolder();
  const ask = (id: string, more: object): object => ({
    ...{ id, component_type: "generator" },
    ...more,
  });
  const asking = [
    ask("kept", { cache: true, config: { prompt: "One." } }),
    ask("asked", { config: { prompt: "{{ upstream.kept.content }}" }, depends_on: ["kept"] }),
    ask("keyless", { config: { prompt: "Two.", provider: "openai" }, depends_on: ["asked"] }),
    { id: "end", component_type: "logger", config: { message: "done" }, depends_on: ["keyless"] },
  ];
  writeFileSync(join(cwd, "flowmason.json"), '{ "name": "t", "providers": { "default": "offline" } }');
  writeFileSync(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages: asking }));
  for (const _ of ["to keep it", "from the cache"])
    expect(await fm(["run", "p.pipeline.json"], { cwd, env: { OPENAI_API_KEY: "" } })).toMatchObject({
      code: 1,
    });

  const resumed = await fm(["resume", "latest", "--dry-run"], { cwd });
  expect(resumed.stderr).toMatch(/\nWhat these ask of a language model is not known: keyless\.\n$/);
  const forked = await fm(["fork", "latest", "--set", 'kept.config.prompt="New."', "--dry-run"], { cwd });
  expect(forked.stderr).toContain("About what these stages took before: Models: 1 call");
  expect(forked.stderr).toMatch(/\nWhat these ask of a language model is not known: kept, keyless\.\n$/);
});

test("TT-07 a fork inside a round of a loop goes on exactly there; the other rounds stay", async () => {
  const cwd = await recorded();
  const { code, ran, output } = await fork(cwd, "--set", "each[1]/times.output.v=999");
  expect({ code, ran, list: output.list }).toEqual({ code: 0, ran: ["sum"], list: results(10, 999, 30) });
  const [, forked = ""] = readdirSync(join(cwd, ".flowmason/runs")).toSorted();
  const run = readJournal(readFileSync(join(cwd, ".flowmason/runs", forked, "journal.ndjson"), "utf8"));
  expect({ problems: run.problems, torn: run.torn }).toEqual({ problems: [], torn: false });
  const resumed = run.events.find((event) => event.kind === "run-resumed");
  expect(resumed).toMatchObject({
    fork: { runId: expect.any(String), changes: ["each[1]/times.output.v"] },
    reopened: [{ address: { stage: "each" } }],
  });
  const state = foldRun(run.events);
  expect(Array.from(state.stages.values(), ({ address, status }) => [addressKey(address), status])).toEqual(
    expect.arrayContaining([
      ["each", "succeeded"],
      ["each[1]/times", "succeeded"],
    ]),
  );
});

test("TT-10 a fork with an edited file says which stages of the run it does not have", async () => {
  const cwd = await recorded();
  const text = readFileSync(join(cwd, "p.pipeline.json"), "utf8");
  writeFileSync(
    join(cwd, "p.pipeline.json"),
    text
      .replace('"id": "who"', '"id": "person"')
      .replace('"each",\n    "who"', '"each",\n    "person"')
      .replaceAll("who.name", "person.name"),
  );
  const { code, stderr, ran, output } = await fork(cwd, "--pipeline", "p.pipeline.json");
  expect(stderr).toContain("○ who is not in the pipeline any longer");
  expect({ code, ran, who: output.who }).toEqual({ code: 0, ran: ["person", "sum"], who: "Ada" });
});

test("TT-11 a fork asks before a command is run a second time", async () => {
  const cwd = await recorded();
  const asked = await fork(cwd, "--set", 'side.config.command="echo side >> log; echo 2"');
  expect(asked.code).toBe(1);
  expect(asked.stderr).toContain("would have it again: side.");
  expect(readFileSync(join(cwd, "log"), "utf8")).toBe("side\n");
  const done = await fork(cwd, "--set", 'side.config.command="echo side >> log; echo 2"', "--repeat-effects");
  expect(done).toMatchObject({ code: 0, ran: ["side", "sum"] });
  expect(readFileSync(join(cwd, "log"), "utf8")).toBe("side\nside\n");
});

test("a setting for which no stage would run otherwise is refused, as one that was meant for the output", async () => {
  const cwd = await recorded();
  const idle = await fork(cwd, "--set", 'who.name="Bob"');
  expect(idle.code).toBe(2);
  expect(idle.stderr).toContain("What a stage gave is who.output");
  expect(readdirSync(join(cwd, ".flowmason/runs"))).toHaveLength(1);
});

test("a fork at an event takes over what had ended by then", async () => {
  const cwd = await recorded();
  const dry = await fm(["fork", "latest", "--at", "0", "--dry-run", "--json"], { cwd });
  expect(JSON.parse(dry.stdout)).toMatchObject({
    kept: [],
    again: [],
    ahead: ["who", "side", "each", "sum"],
  });
});

test.each([
  ["--set", "who", "--set takes PATH=JSON"],
  ["--set", "who.output=Ada", "is no JSON. A text stands in double quotes"],
  ["--set", 'whom.output="x"', "the run has no stage whom"],
  ["--set", "each[99]/score.output=1", "the run has no stage each[99]/score"],
  ["--set", "who=1", "say what of the stage"],
  ["--set", "each.output.results[7].v=1", "the list has 3 items"],
  ["--at", "x", "--at takes the number of an event"],
  ["--at", "99999", "--at takes the number of an event"],
])("fm fork %s %s says what is wrong", async (option, value, message) => {
  const cwd = await recorded();
  const { code, stderr } = await fork(cwd, option, value);
  expect(code).toBe(3);
  expect(stderr).toContain(message);
});

test("TT-05 fm runs and fm show tell the tree of forks: of which run one is, where it begins and what was changed", async () => {
  const cwd = await recorded();
  const root = original(cwd);
  const runOf = async (of: string, ...args: readonly string[]): Promise<string> => {
    const { stdout } = await fm(["fork", of, "--json", ...args], { cwd });
    return JSON.parse(stdout).run;
  };
  const late = await runOf(root, "--set", 'who.output.name="Grace"');
  const early = await runOf(root, "--at", "3", "--repeat-effects", "--set", 'input.who="Bob"');
  const inner = await runOf(late, "--again", "sum");

  const last = Number(
    /fork of run \S+ after event (\d+), who/.exec((await fm(["runs"], { cwd })).stdout)?.[1],
  );
  expect(last).toBeGreaterThan(3);
  const { stdout: tree } = await fm(["runs", "--tree"], { cwd });
  const lines = tree.trimEnd().split("\n");
  expect(lines.map((line) => line.slice(0, line.search(/ {2}succeeded/)).trimEnd())).toEqual([
    root,
    `└ ${early}`,
    `└ ${late}`,
    `  └ ${inner}`,
  ]);
  expect(lines[1]).toMatch(new RegExp(`fork of run ${root} after event 3, input.who$`));
  expect(lines[3]).toMatch(new RegExp(`fork of run ${late} after event \\d+, sum again$`));

  const shown = await fm(["show", late], { cwd });
  expect(shown.stdout).toContain(`fork of   run ${root} after event ${last}, who.output.name\n`);
  expect(shown.stdout).toMatch(new RegExp(`forks {5}${inner} succeeded, after event \\d+, sum again\\n`));
  const { forks, run } = JSON.parse((await fm(["show", root, "--json"], { cwd })).stdout);
  expect({ forks, fork: run.fork }).toEqual({ forks: [early, late], fork: null });
});

test("TT-04 a live replay runs all stages again that had not ended before an event, and says first which and what they may do", async () => {
  const cwd = await recorded();
  const dry = async (from: string) => {
    const args = ["fork", "latest", "--again-from", from, "--dry-run", "--json"];
    return JSON.parse((await fm(args, { cwd })).stdout);
  };
  const whole = await dry("0");
  expect(whole.again.map(({ stage }: { readonly stage: string }) => stage).toSorted()).toEqual(
    ["who", "side", "each[0]/times", "each[1]/times", "each[2]/times", "sum"].toSorted(),
  );
  expect(whole).toMatchObject({ kept: [], effects: ["side"] });
  expect((await fork(cwd, "--again-from", "0")).code).toBe(1);
  const live = await fork(cwd, "--again-from", "0", "--repeat-effects");
  expect(live).toMatchObject({ code: 0, output: { who: "Ada", list: results(10, 20, 30) } });
  expect(live.ran).toContain("each[2]/times");
  expect(readFileSync(join(cwd, "log"), "utf8")).toBe("side\nside\n");

  const journal = readJournal(
    readFileSync(join(cwd, ".flowmason/runs", original(cwd), "journal.ndjson"), "utf8"),
  );
  const second = journal.events.find(
    (event) => event.kind === "stage-succeeded" && addressKey(event.address) === "each[1]/times",
  );
  const ended = (key: string): boolean =>
    journal.events.some(
      (event) =>
        event.kind === "stage-succeeded" &&
        addressKey(event.address) === key &&
        event.seq < (second?.seq ?? 0),
    );
  const rounds = ["each[0]/times", "each[1]/times", "each[2]/times"].filter((key) => !ended(key));
  expect(rounds).toContain("each[1]/times");
  const later = await dry(String(second?.seq));
  const again: readonly string[] = later.again.map(({ stage }: { readonly stage: string }) => stage);
  expect(again.filter((stage) => stage.startsWith("each["))).toEqual(rounds);
  expect(again).toContain("sum");
});
