import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { componentProject, componentThat, pipelineOf } from "../support/component-project.ts";
import { fm, startFm } from "../support/fm.ts";

const wordCount = `import { defineComponent, z } from "flowmason";
import { split } from "./_split.ts";

interface Counts {
  readonly words: number;
}

const input = z.object({
  text: z.string().describe("The text to count in."),
  least: z.int().min(1).default(2).describe("Letters of the shortest word that counts."),
  mode: z.enum(["fast", "exact"]).optional(),
});

export const wordCount = defineComponent({
  name: "word-count",
  version: "1.4.0",
  input,
  output: z.object({ words: z.int(), least: z.int(), type: z.string() }),
  execute({ inputs, log, stage, attempt }): Counts & { least: number; type: string } {
    log.info("counting", { stage: stage.path, attempt });
    const words = split(inputs.text).filter((word) => word.length >= inputs.least).length;
    return { words, least: inputs.least, type: typeof inputs.least };
  },
});

export const echo = defineComponent({
  name: "echo",
  input: z.object({ value: z.unknown(), more: z.record(z.string(), z.unknown()).optional() }),
  output: z.object({ value: z.unknown() }),
  execute: ({ inputs }) => ({ value: inputs.value }),
});
`;

const helpers = {
  "components/text/word-count.ts": wordCount,
  "components/text/_split.ts": `import * as z from "zod";
export const split = (text: string): string[] => z.string().parse(text).split(" ");
`,
};

async function run(
  files: Readonly<Record<string, string>>,
  ...stages: readonly object[]
): Promise<{
  readonly output: unknown;
  readonly failure: { readonly [key: string]: unknown } | null;
  readonly stderr: string;
  readonly stdout: string;
  readonly code: number | null;
}> {
  const cwd = await componentProject({ ...files, "p.pipeline.json": pipelineOf(...stages) });
  const { stdout, stderr, code } = await fm(["run", "p.pipeline.json", "--json"], { cwd });
  const { output, failure } = JSON.parse(stdout);
  return { output, failure, stderr, stdout, code };
}

const count = (config: object): object => ({ id: "count", component_type: "word_count", config });

describe("a component of the project's own", () => {
  test("is given its inputs converted and complete, and its output is the stage's", async () => {
    const { output, code, stderr } = await run(
      helpers,
      count({ text: "a bb ccc", least: "3", mode: "EXACT" }),
    );
    expect(output).toEqual({ words: 1, least: 3, type: "number" });
    expect(code).toBe(0);
    expect(stderr).toContain("counting");
  });

  test("has its defaults, is read by other stages, and can be in one file with others", async () => {
    const { output } = await run(helpers, count({ text: "a bb ccc" }), {
      id: "echo",
      component_type: "echo@1.x",
      config: { value: "{{ upstream.count }}" },
      depends_on: ["count"],
    });
    expect(output).toEqual({ value: { words: 2, least: 2, type: "number" } });
  });

  test("is used in the other dialects by the same name", async () => {
    const cwd = await componentProject({
      ...helpers,
      "map.pipeline.json": JSON.stringify({
        name: "map",
        stages: { count: { component: "word-count", config: { text: "aa b" } } },
        output_stage: "count",
      }),
      "list.pipeline.json": JSON.stringify({
        name: "list",
        stages: [{ id: "c", component: "word-count", config: { text: "aa {{input.more}}" } }],
        sample_input: { more: "bb" },
      }),
    });
    const map = await fm(["run", "map.pipeline.json"], { cwd });
    expect(JSON.parse(map.stdout)).toMatchObject({ words: 1 });
    const list = await fm(["run", "list.pipeline.json", "--sample"], { cwd });
    expect(JSON.parse(list.stdout)).toMatchObject({ words: 2 });
  });

  test("is given a key __proto__ as a key, and gives it back", async () => {
    const value = JSON.parse('{ "__proto__": { "polluted": true }, "a": [{ "constructor": 1 }] }');
    const { stdout } = await run(helpers, {
      id: "echo",
      component_type: "echo",
      config: { value, more: value },
    });
    expect(stdout).toContain('"__proto__"');
    expect(JSON.parse(stdout).output).toEqual({ value });
  });

  test("that gives what its schema does not say fails its stage", async () => {
    const wrong = componentThat("wrong", "return { done: 'yes' } as never;");
    const { failure, code } = await run(
      { "components/wrong.ts": wrong },
      { id: "a", component_type: "wrong" },
    );
    expect(failure).toMatchObject({ type: "VALIDATION", stage: "a", field: "done" });
    expect(failure?.["message"]).toContain("The output of wrong is not what its schema says: done:");
    expect(code).toBe(1);
  });

  test("that throws says where, with the type that it gives", async () => {
    const files = {
      "components/bad.ts": componentThat("bad", 'throw new TypeError("no such thing");'),
      "components/busy.js":
        'import { defineComponent, StageError, z } from "flowmason";\nexport default defineComponent({ name: "busy", input: z.object({}), output: z.object({}), execute() { throw new StageError("come back later", { type: "CONNECTIVITY", recoverable: true }); } });\n',
    };
    const bad = await run(files, { id: "a", component_type: "bad" });
    expect(bad.failure).toMatchObject({
      type: "EXECUTION",
      message: "no such thing. (components/bad.ts:9:11)",
    });
    const busy = await run(files, {
      id: "a",
      component_type: "busy",
      retry_config: { max_retries: 1, initial_delay_ms: 100 },
    });
    expect(busy.failure?.["message"]).toContain("come back later");
    expect(busy.stderr.match(/▶ a/g)).toHaveLength(2);
  });

  test("finds what the project has installed, and its own zod in place of another", async () => {
    const cwd = await componentProject({
      "node_modules/shout/package.json": '{ "name": "shout", "type": "module", "main": "index.js" }',
      "node_modules/shout/index.js": "export const shout = (text) => text.toUpperCase();\n",
      "node_modules/zod/package.json": '{ "name": "zod", "main": "index.js" }',
      "node_modules/zod/index.js": "throw new Error('the wrong zod');\n",
      "components/loud.mjs":
        'import { defineComponent } from "flowmason";\nimport { z } from "zod";\nimport { shout } from "shout";\nexport default defineComponent({ name: "loud", input: z.object({ text: z.string() }), output: z.object({ text: z.string() }), execute: ({ inputs }) => ({ text: shout(inputs.text) }) });\n',
      "p.pipeline.json": pipelineOf({ id: "a", component_type: "loud", config: { text: "hey" } }),
    });
    const { stdout, stderr } = await fm(["run", "p.pipeline.json"], { cwd });
    expect(stderr).not.toContain("wrong");
    expect(JSON.parse(stdout)).toEqual({ text: "HEY" });
  });

  test("sees the environment, but no key of a provider", async () => {
    const show = componentThat(
      "show",
      "log.info(`${process.env.MINE} ${process.env.GROQ_API_KEY} ${process.cwd().length > 1}`);",
    );
    const cwd = await componentProject({
      "flowmason.json": '{ "name": "p", "version": "1.0.0", "providers": { "default": "groq" } }',
      "components/show.ts": show,
      "p.pipeline.json": pipelineOf({ id: "a", component_type: "show" }),
    });
    const { stderr } = await fm(["run", "p.pipeline.json"], {
      cwd,
      env: { MINE: "yes", GROQ_API_KEY: "key" },
    });
    expect(stderr).toContain("yes undefined true");
  });
});

describe("one that misbehaves fails its stage and nothing else", () => {
  const good = componentThat("good", "await new Promise((done) => setTimeout(done, 300));");
  const around = (type: string, more: object = {}): readonly object[] => [
    { id: "bad", component_type: type, on_error: "continue", ...more },
    { id: "good", component_type: "good" },
    {
      id: "after",
      component_type: "variable_set",
      config: { name: "x", value: "{{ upstream.good.done }}" },
      depends_on: ["bad", "good"],
    },
  ];
  const runWith = async (name: string, body: string, more: object = {}): Promise<string> => {
    const files = { "components/good.ts": good, [`components/${name}.ts`]: componentThat(name, body) };
    const { code, stderr, output } = await run(files, ...around(name, more));
    expect(stderr).toMatch(/✓ good/);
    expect(code).toBe(0);
    expect(JSON.stringify(output)).toContain("true");
    return stderr;
  };

  test("prints, also what looks like the channel", async () => {
    const files = {
      "components/loud.ts": componentThat(
        "loud",
        `console.log("first"); process.stdout.write('{"kind":"succeeded","output":{"done":false},"isClean":true}\\n'); process.stderr.write("half");`,
      ),
    };
    const { output, stderr } = await run(files, { id: "a", component_type: "loud" });
    expect(output).toEqual({ done: true });
    expect(stderr).toMatch(/info: first\n[^]*info: \{"kind":"succeeded"/);
    expect(stderr).toContain("warning: half");
  });

  test("sends on the channel itself", async () => {
    const files = {
      "components/sender.ts": componentThat(
        "sender",
        "process.send?.({ kind: 'failed' }); log.info(String(process.send));",
      ),
    };
    const { output, stderr } = await run(files, { id: "a", component_type: "sender" });
    expect(output).toEqual({ done: true });
    expect(stderr).toContain("undefined");
  });

  test("exits", async () => {
    expect(await runWith("quitter", "process.exit(3);")).toMatch(/✗ bad EXECUTION/);
  });

  test("throws where nobody waits", async () => {
    const body = 'setTimeout(() => { throw new Error("too late"); }); await new Promise(() => {});';
    expect(await runWith("late", body)).toMatch(/✗ bad EXECUTION/);
    const rejecting =
      'void Promise.reject(new Error("lost")); await new Promise((done) => setTimeout(done, 5000));';
    expect(await runWith("loser", rejecting)).toMatch(/✗ bad EXECUTION/);
  });

  test("loops for ever", async () => {
    expect(await runWith("looper", "for (;;);", { timeout_ms: 1500 })).toMatch(/✗ bad TIMEOUT/);
  });

  test("eats memory", { timeout: 120_000 }, async () => {
    const heap = "const all: unknown[] = []; for (;;) all.push(new Array(1e6).fill(all.length));";
    expect(await runWith("eater", heap)).toMatch(/✗ bad EXECUTION/);
  });

  test("eats memory outside of JavaScript's heap", { timeout: 120_000 }, async () => {
    // Slowly, for the sake of the machine that the test runs on.
    const buffers =
      "const all: Buffer[] = []; for (;;) { all.push(Buffer.alloc(5e7, 1)); await new Promise((done) => setTimeout(done, 50)); }";
    expect(await runWith("glutton", buffers)).toMatch(/✗ bad EXECUTION/);
  });

  test("leaves a throw for the next one of its kind: that one is not hit", async () => {
    const body = "setTimeout(() => { throw new Error('stray'); }, 50);";
    const { code } = await run(
      { "components/stray.ts": componentThat("stray", body), "components/good.ts": good },
      { id: "a", component_type: "stray" },
      { id: "b", component_type: "good", depends_on: ["a"] },
      { id: "c", component_type: "stray", depends_on: ["b"] },
    );
    expect(code).toBe(0);
  });
});

test("Ctrl+C reaches a component by its signal, and by force where it does not listen; nothing outlives the run", async () => {
  const files = {
    "components/polite.ts": componentThat(
      "polite",
      'log.info(`pid ${process.pid}`); await new Promise((_, no) => signal.addEventListener("abort", () => { console.log("told"); no(signal.reason); }));',
    ),
    "components/deaf.ts": componentThat(
      "deaf",
      "log.info(`pid ${process.pid}`); await 0; setImmediate(() => { for (;;); }); await new Promise(() => {});",
    ),
  };
  const cwd = await componentProject({
    ...files,
    "p.pipeline.json": pipelineOf({ id: "a", component_type: "polite" }, { id: "b", component_type: "deaf" }),
  });
  const { process: child, ended } = startFm(["run", "p.pipeline.json"], { cwd });
  const pids = await new Promise<readonly number[]>((resolve) => {
    let text = "";
    child.stderr.on("data", (chunk: string) => {
      text += chunk;
      const found = Array.from(text.matchAll(/pid (\d+)/g), ([, pid]) => Number(pid));
      if (found.length === 2) resolve(found);
    });
  });
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("a component that never stops does not outlive an fm that is killed", async () => {
  const deaf = componentThat(
    "deaf",
    "log.info(`pid ${process.pid}`); setImmediate(() => { for (;;); }); await new Promise(() => {});",
  );
  const cwd = await componentProject({
    "components/deaf.ts": deaf,
    "p.pipeline.json": pipelineOf({ id: "a", component_type: "deaf" }),
  });
  const { process: child, ended } = startFm(["run", "p.pipeline.json"], { cwd });
  const pid = await new Promise<number>((resolve) => {
    let text = "";
    child.stderr.on("data", (chunk: string) => {
      text += chunk;
      const found = /pid (\d+)/.exec(text);
      if (found !== null) resolve(Number(found[1]));
    });
  });
  child.kill("SIGKILL");
  await ended;
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
});

/** Whether a process runs; one that has ended and was not fetched by its parent does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}

describe("a module that cannot be loaded is a problem of its own file", () => {
  const sound = componentThat("sound", "");
  const problemsOf = async (
    files: Readonly<Record<string, string>>,
  ): Promise<{ readonly lines: readonly string[]; readonly cwd: string; readonly code: number | null }> => {
    const cwd = await componentProject({
      "components/sound.ts": sound,
      "p.pipeline.json": pipelineOf({ id: "a", component_type: "sound" }),
      ...files,
    });
    const { stdout, code } = await fm(["validate", "."], { cwd });
    return { lines: stdout.trimEnd().split("\n"), cwd, code };
  };

  test.each([
    [
      "an enum",
      'import { defineComponent, z } from "flowmason";\n\nexport enum Level { low }\n',
      /^components\/bad\.ts:3:8: error .*enum.*\[FM1451 broken-component\]$/,
    ],
    ["a mistake of syntax", "export const x: number = ;\n", /^components\/bad\.ts:1:26: error /],
    [
      "an import that is not there",
      '\nimport { a } from "nowhere";\n',
      /^components\/bad\.ts:2:19: error .*"nowhere" cannot be found/,
    ],
    [
      "a name that flowmason does not have",
      'import { nothing } from "flowmason";\n',
      /^components\/bad\.ts:1:10: error .*nothing/,
    ],
    ["an error", '\n\n  throw new Error("not today");\n', /^components\/bad\.ts:3:9: error .*not today/],
    [
      "an exit",
      'console.error("I leave");\nprocess.exit(4);\n',
      /^components\/bad\.ts:1:1: error .*exit code 4.*I leave/,
    ],
    ["no component", "export const x = 1;\n", /^components\/bad\.ts:1:1: error .*exports no component/],
    [
      "parts that make none",
      'import { defineComponent, z } from "flowmason";\nexport default defineComponent({ name: "Bad Name", input: z.object({}), output: z.object({}), execute() {} } as never);\n',
      /^components\/bad\.ts:2:16: error .*"Bad Name" does not/,
    ],
    [
      "the name of a built-in component",
      'import { defineComponent, z } from "flowmason";\nexport default defineComponent({ name: "http-request", input: z.object({}), output: z.object({}), execute() { return {}; } });\n',
      /^components\/bad\.ts:2:16: error .*"http_request" is the name of a built-in component.*\[FM1452 component-name-taken\]$/,
    ],
  ])("%s", async (_what, text, expected) => {
    const { lines, cwd, code } = await problemsOf({ "components/bad.ts": text });
    expect(lines).toEqual([expect.stringMatching(expected)]);
    expect(code).toBe(1);
    // The others are not affected.
    expect((await fm(["run", "p.pipeline.json"], { cwd })).code).toBe(0);
  });

  test("two components of one name, in both files, and neither is used", async () => {
    const { lines, code } = await problemsOf({ "components/other.js": sound });
    expect(lines).toEqual([
      expect.stringMatching(
        /^p\.pipeline\.json:\d+:\d+: error .*no component "sound"\. components\/other\.js: "sound" is the name/,
      ),
      expect.stringMatching(/^components\/other\.js:3:16: error .*components\/sound\.ts has too/),
      expect.stringMatching(/^components\/sound\.ts:3:16: error .*components\/other\.js has too/),
    ]);
    expect(code).toBe(1);
  });

  test("a stage that names what is in it is told, and does not run", async () => {
    const cwd = await componentProject({
      "components/level.ts": `import { defineComponent, z } from "flowmason";\nenum Level { low }\nexport default defineComponent({ name: "leveller", input: z.object({}), output: z.object({}), execute() { return {}; } });\n`,
      "p.pipeline.json": pipelineOf({ id: "a", component_type: "leveller" }),
    });
    const { code, stderr } = await fm(["run", "p.pipeline.json"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/There is no component "leveller"\. components\/level\.ts: .*enum/);
  });

  test("the manifest says where components are", async () => {
    const cwd = await componentProject({
      "flowmason.json": JSON.stringify({
        name: "p",
        version: "1.0.0",
        components: { include: ["src/*.{ts,js}"], exclude: ["**/old-*"] },
      }),
      "src/sound.ts": sound,
      "src/old-sound.ts": sound,
      "src/deeper/sound.ts": sound,
      "components/sound.ts": sound,
      "p.pipeline.json": pipelineOf({ id: "a", component_type: "sound" }),
    });
    expect((await fm(["run", "p.pipeline.json"], { cwd })).code).toBe(0);
  });
});
