import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readJournal } from "#core/journal";
import { addressKey } from "#core/ports";
import { fm, temporaryFolder } from "../support/fm.ts";

const greeting = {
  name: "greeting",
  version: "1.2.0",
  input_schema: {
    type: "object",
    properties: { who: { type: "string" }, greeting: { type: "string", default: "Hello" } },
    required: ["who"],
  },
  stages: [
    {
      id: "greet",
      component_type: "json_transform",
      config: { template: "{{ input.greeting }} {{ input.who }}" },
    },
  ],
};

const calls = (config: object) => ({
  name: "main",
  stages: [
    { id: "call", component_type: "subpipeline", config },
    {
      id: "out",
      component_type: "json_transform",
      config: { template: "{{ upstream.call.result }}!" },
      depends_on: ["call"],
    },
  ],
});

test("a pipeline calls another file of the project; both are in one journal", async () => {
  const cwd = await projectWith({
    "flowmason.json": { name: "p" },
    "main.pipeline.json": calls({ pipeline_id: "greeting@^1.0.0", input_data: { who: "Ada" } }),
    "lib/greeting.pipeline.json": greeting,
  });
  const run = await fm(["run", "main.pipeline.json", "--journal", "j", "-v"], { cwd });
  expect(run).toMatchObject({ code: 0, stdout: "Hello Ada!\n" });
  expect(run.stderr).toMatch(/✓ call>greeting\/greet/);
  const { events, problems } = readJournal(await readFile(join(cwd, "j"), "utf8"));
  expect(problems).toEqual([]);
  const started = events.flatMap((event) =>
    event.kind === "stage-started" ? [addressKey(event.address)] : [],
  );
  expect(started).toEqual(["call", "call>greeting/greet", "out"]);
});

test("what cannot be called is refused before anything runs, with the place in the file", async () => {
  const cwd = await projectWith({
    "main.pipeline.json": calls({ pipeline_id: "greetin", input_data: { who: "Ada" } }),
    "wrong.pipeline.json": calls({ pipeline_id: "greeting", input_data: { whom: "Ada" } }),
    "circle.pipeline.json": { ...calls({ pipeline_id: "circle.pipeline.json" }), name: "circle" },
    "greeting.pipeline.json": greeting,
  });
  const said = async (file: string) => {
    const { code, stderr } = await fm(["run", file], { cwd });
    return { code, stderr };
  };
  expect(await said("main.pipeline.json")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /main\.pipeline\.json:\d+:\d+.*no pipeline "greetin".*Did you mean "greeting"/,
    ),
  });
  expect(await said("wrong.pipeline.json")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The input "who" is required'),
  });
  expect(await said("circle.pipeline.json")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("circle.pipeline.json -> circle.pipeline.json"),
  });
});

async function projectWith(files: Readonly<Record<string, object>>): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), JSON.stringify(content, null, 2));
  }
  return cwd;
}
