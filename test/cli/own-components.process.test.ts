import { describe, expect, test } from "vitest";
import { componentProject, componentThat, pipelineOf, runStages } from "../support/component-project.ts";
import { fm } from "../support/fm.ts";

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

const count = (config: object): object => ({ id: "count", component_type: "word_count", config });

describe("a component of the project's own", () => {
  test("is given its inputs converted and complete, and its output is the stage's", async () => {
    const { output, code, stderr } = await runStages(
      helpers,
      count({ text: "a bb ccc", least: "3", mode: "EXACT" }),
    );
    expect(output).toEqual({ words: 1, least: 3, type: "number" });
    expect(code).toBe(0);
    expect(stderr).toContain("counting");
  });

  test("has its defaults, is read by other stages, and can be in one file with others", async () => {
    const { output } = await runStages(helpers, count({ text: "a bb ccc" }), {
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
    const { stdout } = await runStages(helpers, {
      id: "echo",
      component_type: "echo",
      config: { value, more: value },
    });
    expect(stdout).toContain('"__proto__"');
    expect(JSON.parse(stdout).output).toEqual({ value });
  });

  test("that gives what its schema does not say fails its stage", async () => {
    const wrong = componentThat("wrong", "return { done: 'yes' } as never;");
    const { failure, code } = await runStages(
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
    const bad = await runStages(files, { id: "a", component_type: "bad" });
    expect(bad.failure).toMatchObject({
      type: "EXECUTION",
      message: "no such thing. (components/bad.ts:9:11)",
    });
    const busy = await runStages(files, {
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
    const { stdout, stderr } = await fm(["run", "p.pipeline.json", "-v"], { cwd });
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
    const { stderr } = await fm(["run", "p.pipeline.json", "-v"], {
      cwd,
      env: { MINE: "yes", GROQ_API_KEY: "key" },
    });
    expect(stderr).toContain("yes undefined true");
  });
});
