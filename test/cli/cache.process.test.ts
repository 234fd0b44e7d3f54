import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { componentProject, writeIn } from "../support/component-project.ts";
import { fm } from "../support/fm.ts";

/** A project whose stage "count" writes down each time that it runs. */
async function project(cache: unknown, more: Readonly<Record<string, unknown>> = {}) {
  const stage = {
    id: "count",
    component_type: "command",
    config: {
      command: ["sh", "-c", 'echo ran >> count.txt; mkdir -p out; cat src.txt > out/made.txt; echo "$WHO"'],
      env: { WHO: "{{ input.who }}" },
    },
    ...(cache === undefined ? {} : { cache }),
    ...more,
  };
  const pipeline = {
    name: "p",
    version: "1.0.0",
    input_schema: { type: "object", properties: { who: { type: "string", default: "Ada" } } },
    stages: [stage],
  };
  const cwd = await componentProject({ "p.pipeline.json": JSON.stringify(pipeline), "src.txt": "one" });
  const run = async (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) => {
    const ended = await fm(["run", "p.pipeline.json", "--json", ...args], { cwd, env });
    return { ...ended, output: JSON.parse(ended.stdout).output };
  };
  return {
    cwd,
    run,
    /** How often it has run. */
    count: () => readFileSync(join(cwd, "count.txt"), "utf8").trimEnd().split("\n").length,
    explain: async () =>
      JSON.parse((await fm(["cache", "explain", "latest", "count", "--json"], { cwd })).stdout).stages,
    entries: () => entriesIn(cwd),
  };
}

function entriesIn(cwd: string): readonly string[] {
  const folder = join(cwd, ".flowmason", "cache");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "key")
    .map((entry) => join(entry.parentPath, entry.name));
}

const everything = { files: ["src.txt"], outputs: ["out"], env: ["MODE"], retention: "7d" };

test("a command that declares a cache runs once, and its output and files come back", async () => {
  const { cwd, run, count, explain, entries } = await project(everything);
  const first = await run();
  rmSync(join(cwd, "out"), { recursive: true });
  const second = await run();
  expect([first.code, second.code, count()]).toEqual([0, 0, 1]);
  expect(second.output).toEqual(first.output);
  expect(readFileSync(join(cwd, "out", "made.txt"), "utf8")).toBe("one");
  expect(second.stderr).toMatch(/✓ count from the cache/);
  expect(await explain()).toMatchObject([{ stage: "count", outcome: "hit", changes: [] }]);
  const told = await fm(["cache", "explain", "latest", "count"], { cwd });
  expect(told.stdout).toMatch(/^count {2}hit: the output of the run \S+, kept /);
  const [entry = ""] = entries();
  expect(statSync(entry).mode & 0o777).toBe(0o600);
  expect(statSync(join(cwd, ".flowmason", "cache", "key")).mode & 0o777).toBe(0o600);
});

test("what another machine's record says of the cache moves no cursor", async () => {
  const { cwd, run } = await project(everything);
  const { run: first } = JSON.parse((await run()).stdout);
  await run();
  const { runs } = JSON.parse((await fm(["runs", "--json"], { cwd })).stdout);
  const journal = join(cwd, ".flowmason", "runs", runs[0].id, "journal.ndjson");
  const forged = readFileSync(journal, "utf8").replace(`"storedBy":"${first}"`, '"storedBy":"\\u001b[2Jx"');
  writeFileSync(journal, forged);
  const { stdout } = await fm(["cache", "explain", "latest", "count"], { cwd });
  expect(stdout).toContain("hit: the output of the run \ufffd[2Jx, kept ");
});

test("without cache nothing is kept, and with --no-cache nothing is taken", async () => {
  const plain = await project(undefined);
  await plain.run();
  await plain.run();
  expect([plain.count(), readdirSync(join(plain.cwd, ".flowmason")).includes("cache")]).toEqual([2, false]);
  const cached = await project(true);
  await cached.run();
  const { code } = await cached.run(["--no-cache"]);
  expect([code, cached.count()]).toEqual([0, 2]);
  const { code: none, stderr } = await fm(["cache", "explain", "latest", "count"], { cwd: cached.cwd });
  expect([none, stderr]).toEqual([2, expect.stringContaining("the run was to use none")]);
});

describe("one thing that is different is a miss that names it, and nothing else", () => {
  type Project = Awaited<ReturnType<typeof project>>;
  const edit = ({ cwd }: Project, from: string, to: string): void => {
    const path = join(cwd, "p.pipeline.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  };
  const cases: Readonly<Record<string, readonly [(project: Project) => unknown, string, string]>> = {
    "an input": [({ run }) => run(["-i", '{"who": "Bob"}']), "input:env", "changed"],
    "a file": [
      async (each) => {
        await writeIn(each.cwd, "src.txt", "two");
        return await each.run();
      },
      "file:src.txt",
      "changed",
    ],
    "a file that is gone": [
      async (each) => {
        rmSync(join(each.cwd, "more.txt"));
        return await each.run();
      },
      "file:more.txt",
      "gone",
    ],
    "a variable": [({ run }) => run([], { MODE: "fast" }), "env:MODE", "changed"],
    "a secret": [({ run }) => run([], { TOKEN: "another-token" }), "secret:TOKEN", "changed"],
    "the pipeline's own variables": [
      async (each) => {
        edit(each, '"env":{"LEVEL":"1"}', '"env":{"LEVEL":"2"}');
        return await each.run();
      },
      "name:env",
      "changed",
    ],
    "a setting of the component": [
      async (each) => {
        edit(each, '"config":{', '"config":{"parse":"lines",');
        return await each.run();
      },
      "input:parse",
      "changed",
    ],
  };
  test.each(Object.entries(cases))("%s", async (_name, [change, ingredient, how]) => {
    const each = await project(
      { ...everything, files: ["src.txt", "*.txt"], outputs: ["out", "count.txt"] },
      {},
    );
    await writeIn(each.cwd, "more.txt", "more");
    edit(each, '"stages":', '"env":{"LEVEL":"1"},"secrets":["TOKEN"],"stages":');
    edit(each, '"cache":', '"secrets":["TOKEN"],"cache":');
    const env = { TOKEN: "a-long-token", MODE: "slow" };
    const run: Project["run"] = (args, more) => each.run(args, { ...env, ...more });
    await run();
    await change({ ...each, run });
    expect(await each.explain()).toMatchObject([
      { outcome: "miss", why: "absent", stored: true, changes: [{ ingredient, change: how }] },
    ]);
    expect(each.count()).toBe(2);
  });
});

test("of the inputs only those that are named count", async () => {
  const { run, count } = await project({ inputs: ["command"] });
  await run();
  const { output } = await run(["-i", '{"who": "Bob"}']);
  expect([count(), output.value]).toEqual([1, "Ada"]);
});

test("rounds of a loop share what is kept, and each is told by its address", async () => {
  const cwd = await componentProject({
    "p.pipeline.json": JSON.stringify({
      name: "p",
      version: "1.0.0",
      stages: [
        { id: "each", component_type: "foreach", config: { items: [1, 2, 1], loop_stages: ["body"] } },
        {
          id: "body",
          component_type: "command",
          config: { command: ["sh", "-c", "echo ran >> count.txt"], stdin: "{{ item }}" },
          cache: true,
        },
      ],
    }),
  });
  await fm(["run", "p.pipeline.json"], { cwd });
  const explain = async (stage: string) =>
    JSON.parse((await fm(["cache", "explain", "latest", stage, "--json"], { cwd })).stdout).stages;
  expect(await explain("body")).toMatchObject([
    { stage: "each[0]/body", outcome: "miss", nearest: null },
    { stage: "each[1]/body", outcome: "miss", changes: [{ ingredient: "input:stdin", change: "changed" }] },
    { stage: "each[2]/body", outcome: "hit" },
  ]);
  expect(await explain("each[2]/body")).toHaveLength(1);
});

test("what fails is not kept", async () => {
  const { cwd, run, count, entries } = await project(true);
  const path = join(cwd, "p.pipeline.json");
  writeFileSync(path, readFileSync(path, "utf8").replace("echo ran", "exit 3; echo ran"));
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace("exit 3; echo ran >> count.txt", "echo ran >> count.txt; exit 3"),
  );
  expect([(await run()).code, (await run()).code, count(), entries()]).toEqual([1, 1, 2, []]);
});

test("an output or a file with a secret in it is not kept, and that is said", async () => {
  const { cwd, run, count, entries } = await project({ outputs: ["out"] }, { secrets: ["TOKEN"] });
  const path = join(cwd, "p.pipeline.json");
  const text = readFileSync(path, "utf8");
  const env = { TOKEN: "tok-5e12-secret" };
  writeFileSync(path, text.replace("cat src.txt", "printenv TOKEN"));
  const inFile = await run([], env);
  writeFileSync(path, text.replace('echo \\"$WHO\\"', "printenv TOKEN"));
  const inOutput = await run([], env);
  writeFileSync(path, text.replace("cat src.txt > out/made.txt", "touch out/$(printenv TOKEN)"));
  const inName = await run([], env);
  expect(inName.stderr).toContain("the name of one of its files has a secret in it");
  expect(inFile.stderr).toContain("its file out/made.txt has a secret in it");
  expect(inOutput.stderr).toContain("its output has the secret TOKEN in it");
  expect([count(), entries()]).toEqual([3, []]);
});

test("an entry that is damaged is a miss that is told, and is kept anew", async () => {
  const { run, entries, explain, count } = await project(everything);
  const { output } = await run();
  const [entry = ""] = entries();
  const whole = readFileSync(entry);
  writeFileSync(entry, whole.subarray(0, whole.length - 1));
  const again = await run();
  expect([again.output.value, count()]).toEqual([output.value, 2]);
  expect(await explain()).toMatchObject([{ outcome: "miss", why: "damaged", stored: true }]);
  expect(again.stderr).toContain("is damaged, and was removed");
  expect(await run()).toMatchObject({ output: again.output });
  expect(count()).toBe(2);
});

test("fm show and fm logs tell a stage whose output was taken as cached", async () => {
  const { cwd, run } = await project({ files: ["none/*.txt"] });
  await run();
  const logs = await fm(["logs", "latest"], { cwd });
  expect(logs.stdout).toContain('No file is "none/*.txt" of the "files" of its cache.');
  await run();
  const [text, json] = [
    await fm(["show", "latest"], { cwd }),
    await fm(["show", "latest", "--json"], { cwd }),
  ];
  expect(text.stdout).toMatch(/^cached +count +command/m);
  expect(JSON.parse(json.stdout).stages).toMatchObject([{ status: "succeeded", cache: "hit" }]);
});

test("a stage whose output was taken has done nothing: a fork that runs it asks no leave to repeat it", async () => {
  const { cwd, run, count } = await project(true);
  const fork = () => fm(["fork", "latest", "--set", 'input.who="Bob"', "--no-cache"], { cwd });
  await run();
  const asked = await fork();
  expect([asked.code, asked.stderr]).toEqual([1, expect.stringContaining("would have it again: count.")]);
  await run();
  expect([(await fork()).code, count()]).toEqual([0, 2]);
});

test("scope: workspace shares what is kept between pipelines, pipeline does not", async () => {
  for (const [scope, runs] of [
    ["workspace", 1],
    ["pipeline", 2],
  ] as const) {
    const { cwd, run, count } = await project({ scope });
    await run();
    writeFileSync(join(cwd, "q.pipeline.json"), readFileSync(join(cwd, "p.pipeline.json")));
    expect((await fm(["run", "q.pipeline.json"], { cwd })).code).toBe(0);
    expect(count(), scope).toBe(runs);
  }
});

test("fm cache clear removes what is kept", async () => {
  const { cwd, run, count, entries } = await project(true);
  await run();
  const { stdout, code } = await fm(["cache", "clear", "--json"], { cwd });
  expect([code, JSON.parse(stdout).entries, entries()]).toEqual([0, 1, []]);
  await run();
  expect(count()).toBe(2);
});

test("two processes at once run to the same end", async () => {
  const { run, count, entries } = await project(true);
  const runs = await Promise.all([run(), run(), run()]);
  expect(runs.map(({ code, output }) => [code, output.value])).toEqual(Array(3).fill([0, "Ada"]));
  expect(entries()).toHaveLength(1);
  const before = count();
  await run();
  expect(count()).toBe(before);
});

test("a component of the project's own runs again when its code, or what it imports, is different", async () => {
  const component = (what: string): string => `import { defineComponent, z } from "flowmason";
import { appendFileSync } from "node:fs";
import { word } from "./_word.ts";
export default defineComponent({
  name: "own",
  input: z.object({}),
  output: z.object({ said: z.string() }),
  execute() {
    appendFileSync(new URL("../count.txt", import.meta.url), "ran\\n");
    return { said: word + "${what}" };
  },
});
`;
  const stages = [{ id: "own", component_type: "own", cache: true }];
  const cwd = await componentProject({
    "components/own.ts": component("!"),
    "components/_word.ts": 'export const word = "hello";',
    "p.pipeline.json": JSON.stringify({ name: "p", version: "1.0.0", stages }),
  });
  const said: unknown[] = [];
  const run = async (): Promise<void> => {
    const { stdout } = await fm(["run", "p.pipeline.json", "--json"], { cwd });
    said.push(JSON.parse(stdout).output.said);
  };
  await run();
  await run();
  await writeIn(cwd, "components/_word.ts", 'export const word = "goodbye";');
  await run();
  await writeIn(cwd, "components/own.ts", component("?"));
  await run();
  expect(said).toEqual(["hello!", "hello!", "goodbye!", "goodbye?"]);
  const { stdout } = await fm(["cache", "explain", "latest", "own", "--json"], { cwd });
  expect(JSON.parse(stdout).stages[0].changes).toEqual([{ ingredient: "code", change: "changed" }]);
  expect(readFileSync(join(cwd, "count.txt"), "utf8").trimEnd().split("\n")).toHaveLength(3);
  // Five processes, each of which starts one for the components.
});
