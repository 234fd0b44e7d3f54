import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { corpusFile } from "../support/corpus.ts";
import { fm, temporaryFolder } from "../support/fm.ts";

const base = `{
  "name": "base",
  "abstract": true,
  "stages": [
    { "id": "read", "component_type": "json_transform", "config": { "template": { "text": "{{ input.text }}" } } },
    { "id": "change", "component_type": "abstract", "depends_on": ["read"] }
  ],
  "output_stage_id": "change",
  "sample_input": { "text": "hello" }
}
`;

const child = `{
  "name": "child",
  "extends": "base@^1.0.0",
  "overrides": {
    "change": {
      "component_type": "json_transform",
      "config": { "template": "{{ upstream.read.text | upper }}" }
    }
  }
}
`;

const project = {
  "flowmason.json": "{}",
  "shared/base.pipeline.json": base,
  "pipelines/child.pipeline.json": child,
};

describe("fm resolve", () => {
  test("prints the pipeline as it runs, and runs from what it printed", async () => {
    const cwd = await folderWith(project);
    const { code, stdout, stderr } = await fm(["resolve", "pipelines/child.pipeline.json"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      name: "child",
      stages: [{ id: "read" }, { id: "change", component_type: "json_transform", depends_on: ["read"] }],
    });
    await writeFile(join(cwd, "printed.pipeline.json"), stdout);
    const run = await fm(["run", "printed.pipeline.json", "--sample"], { cwd });
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 0, stdout: "HELLO\n" });
  });

  test("--origins says on each line where it is inherited from, and stays a pipeline", async () => {
    const cwd = await folderWith(project);
    const { stdout } = await fm(["resolve", "pipelines/child.pipeline.json", "--origins"], { cwd });
    const lines = stdout.split("\n");
    expect(lines.find((line) => line.includes('"id": "read"'))).toMatch(
      /, \/\/ shared\/base\.pipeline\.json:5$/,
    );
    expect(lines.find((line) => line.includes("upper"))).not.toContain("//");
    await writeFile(join(cwd, "printed.pipeline.json"), stdout);
    expect((await fm(["validate", "printed.pipeline.json"], { cwd })).code).toBe(0);
  });

  test("--format json is one document with pipeline, origins and problems", async () => {
    const cwd = await folderWith(project);
    const { code, stdout } = await fm(["resolve", "pipelines/child.pipeline.json", "--format", "json"], {
      cwd,
    });
    const document = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(Object.keys(document)).toEqual(["path", "pipeline", "origins", "problems"]);
    expect(document.problems).toEqual([]);
    expect(document.origins).toContainEqual({
      pointer: "/stages/0/id",
      path: "shared/base.pipeline.json",
      position: { line: 4, character: 12 },
    });
    expect(document.origins).toContainEqual({
      pointer: "/stages/1/config/template",
      path: "pipelines/child.pipeline.json",
      position: { line: 6, character: 30 },
    });
  });

  test("what is wrong ends with 1, what cannot be resolved with 2, and both say it", async () => {
    const cwd = await folderWith({
      ...project,
      "wrong.pipeline.json": child.replace('"change": {', '"chnage": {'),
      "orphan.pipeline.json": child.replace("base@^1.0.0", "bsae"),
    });
    const wrong = await fm(["resolve", "wrong.pipeline.json"], { cwd });
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ name: "child" });
    expect(wrong.stderr).toMatch(/^wrong\.pipeline\.json:5:5: error .*Did you mean "change"\? \[FM1305/);
    const orphan = await fm(["resolve", "orphan.pipeline.json"], { cwd });
    expect({ code: orphan.code, stdout: orphan.stdout }).toEqual({ code: 2, stdout: "" });
    expect(orphan.stderr).toMatch(/^orphan\.pipeline\.json:3:14: error .*Did you mean "base"\? \[FM1301/);
    const asJson = await fm(["resolve", "orphan.pipeline.json", "--format", "json"], { cwd });
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      pipeline: null,
      origins: [],
      problems: [{ code: "FM1301" }],
    });
  });

  test("a pipeline that inherits nothing is printed as it is", async () => {
    const cwd = await folderWith(project);
    expect((await fm(["resolve", "shared/base.pipeline.json"], { cwd })).stdout).toBe(base);
  });
});

test("a composition runs the other pipeline as a stage, with its input and names for its output", async () => {
  const shout = {
    name: "shout",
    stages: [
      {
        id: "loud",
        component_type: "json_transform",
        config: { template: { text: "{{ input.text | upper }}" } },
      },
    ],
  };
  const letter = {
    name: "letter",
    compositions: [
      {
        id: "greeting",
        pipeline: "shout",
        input_mapping: { text: "{{ input.name }}" },
        output_mapping: { said: "text" },
      },
    ],
    stages: [
      {
        id: "write",
        component_type: "json_transform",
        config: { template: "Dear {{ upstream.greeting.said }}" },
        depends_on: ["greeting"],
      },
    ],
    output_stage_id: "write",
  };
  const card = {
    name: "card",
    extends: "letter",
    overrides: { write: { config: { template: "{{ upstream.greeting.result.text }}!" } } },
  };
  const cwd = await folderWith({
    "flowmason.json": "{}",
    "shout.pipeline.json": JSON.stringify(shout),
    "letter.pipeline.json": JSON.stringify(letter),
    "card.pipeline.json": JSON.stringify(card),
  });
  const input = ["--input", '{"name": "Ada"}'];
  expect(await fm(["run", "letter.pipeline.json", ...input], { cwd })).toMatchObject({
    code: 0,
    stdout: "Dear ADA\n",
  });
  expect(await fm(["run", "card.pipeline.json", ...input], { cwd })).toMatchObject({
    code: 0,
    stdout: "ADA!\n",
  });
});

describe("fm run and fm validate with a parent", () => {
  test("a child runs with all that it inherits, its parent's sample too", async () => {
    const cwd = await folderWith(project);
    const { code, stdout } = await fm(["run", "pipelines/child.pipeline.json", "--sample"], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "HELLO\n" });
  });

  test("an abstract pipeline says that it is abstract, and not that its sample is missing", async () => {
    const cwd = await folderWith({
      "base.pipeline.json": '{ "name": "base", "abstract": true, "stages": [] }',
    });
    const { code, stderr } = await fm(["run", "base.pipeline.json", "--sample"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("This pipeline is abstract");
    expect(stderr).not.toContain("sample_input");
  });

  test("an abstract pipeline does not run", async () => {
    const cwd = await folderWith(project);
    const { code, stderr } = await fm(["run", "shared/base.pipeline.json", "--sample"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("shared/base.pipeline.json:3:3: error This pipeline is abstract");
  });

  test("an abstract stage that nothing overrides keeps the child from running, and is shown at extends", async () => {
    const open = '{\n  "name": "open",\n  "extends": "base"\n}\n';
    const cwd = await folderWith({ ...project, "open.pipeline.json": open });
    for (const command of [["run", "--sample"], ["validate"]]) {
      const { code, stdout, stderr } = await fm([...command, "open.pipeline.json"], { cwd });
      expect(code).toBe(command[0] === "run" ? 2 : 1);
      expect(stdout + stderr).toMatch(
        /open\.pipeline\.json:3:14: error In the inherited stage "change" \(shared\/base\.pipeline\.json:6\): .*\[FM1302/,
      );
    }
  });

  test("a stage that fails in a run is named, and what an override breaks is told before one", async () => {
    const broken = child.replace("upstream.read.text", "upstream.raed.text");
    const cwd = await folderWith({ ...project, "broken.pipeline.json": broken });
    const { code, stdout } = await fm(["validate", "broken.pipeline.json"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^broken\.pipeline\.json:7:44: error There is no stage "raed"\. Did you mean "read"\?/,
    );
  });

  test("the corpus's child of an abstract base fails as it must: nobody gives it a schema", async () => {
    const names = ["ex_base-etl.pipeline.json", "ex_customer-etl.pipeline.json"];
    const files = Object.fromEntries(names.map((name) => [name, corpusFile(name).text]));
    const cwd = await folderWith(files);
    const run = await fm(["run", "ex_customer-etl.pipeline.json", "--input", '{"data": "{}"}'], { cwd });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('(ex_base-etl.pipeline.json:30): The stage "validate" needs "json_schema"');
    // With the schema that is missing, it runs.
    const mended = {
      name: "mended",
      extends: "customer-etl",
      overrides: {
        validate: { config: { json_schema: { type: "object" } } },
        transform: { input_mapping: { data: "{{ upstream.validate.data }}" } },
      },
      output_stage_id: "transform",
    };
    await writeFile(join(cwd, "mended.pipeline.json"), JSON.stringify(mended));
    const data = JSON.stringify({ data: JSON.stringify({ id: 7, name: "Ada" }) });
    const { code, stdout, stderr } = await fm(["run", "mended.pipeline.json", "--input", data], { cwd });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain("Ada");
  });
});

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
