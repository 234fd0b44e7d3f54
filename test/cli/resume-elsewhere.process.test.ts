import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { componentProject, writeIn } from "../support/component-project.ts";
import { fm } from "../support/fm.ts";

const adding = (more: number): string => `import { defineComponent, z } from "flowmason";
export default defineComponent({
  name: "add",
  input: z.object({ n: z.number(), fails: z.boolean().default(false) }),
  output: z.object({ sum: z.number() }),
  async execute({ inputs }) {
    if (inputs.fails && ${more} === 1) throw new Error("not yet");
    return { sum: inputs.n + ${more} };
  },
});
`;

test("a run goes on with the components and secrets of then: said where one is gone, and what was done stays", async () => {
  const pipeline = {
    name: "p",
    secrets: ["TOKEN"],
    stages: [
      { id: "first", component_type: "add", config: { n: 1 } },
      {
        id: "told",
        component_type: "logger",
        config: { message: "{{ secrets.TOKEN }}" },
        depends_on: ["first"],
      },
      {
        id: "second",
        component_type: "add",
        config: { n: "{{ upstream.first.sum }}", fails: true },
        depends_on: ["told"],
      },
    ],
    output_stage_id: "second",
  };
  const cwd = await componentProject({
    "components/add.ts": adding(1),
    "p.pipeline.json": JSON.stringify(pipeline),
  });
  const env = { TOKEN: "kept-5d1c88aa" };
  const failed = JSON.parse((await fm(["run", "p.pipeline.json", "--json"], { cwd, env })).stdout);
  expect(failed).toMatchObject({ status: "failed", failure: { stage: "second" } });
  const journal = join(cwd, ".flowmason", "runs", failed.run, "journal.ndjson");
  const before = await readFile(journal, "utf8");

  const hint = /as it was recorded.*components and secrets of now.*fm fork \S+ --pipeline FILE/;
  const noSecret = await fm(["resume", "latest"], { cwd });
  expect(noSecret).toMatchObject({ code: 2, stdout: "" });
  expect(noSecret.stderr).toMatch(/The secret "TOKEN" has no value/);
  expect(noSecret.stderr).toMatch(hint);

  await rm(join(cwd, "components", "add.ts"));
  const noComponent = await fm(["resume", "latest"], { cwd, env });
  expect(noComponent).toMatchObject({ code: 2, stdout: "" });
  expect(noComponent.stderr).toMatch(/There is no component "add"/);
  expect(noComponent.stderr).toMatch(hint);
  expect(await readFile(journal, "utf8")).toBe(before);

  await writeIn(cwd, "components/add.ts", adding(100));
  const resumed = await fm(["resume", "latest"], { cwd, env });
  expect(resumed).toMatchObject({ code: 0, stderr: expect.not.stringContaining("▶ first") });
  expect(JSON.parse(resumed.stdout)).toEqual({ sum: 102 });
  expect(await readFile(journal, "utf8")).not.toContain(env.TOKEN);
});
