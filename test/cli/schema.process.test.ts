import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

test("prints the schema of pipelines, by which an editor finds a mistake", async () => {
  const { code, stdout } = await fm(["schema"]);
  expect(code).toBe(0);
  expect((await fm(["schema", "pipeline"])).stdout).toBe(stdout);
  const validate = ajv.compile(JSON.parse(stdout));
  const stage = { id: "a", component_type: "logger", config: { message: "m" } };
  expect(validate({ name: "p", stages: [stage] })).toBe(true);
  expect(validate({ name: "p", stages: [{ ...stage, config: { level: "loud" } }] })).toBe(false);
});

describe("the schema of flowmason.json", () => {
  test.each<[string, object, boolean]>([
    ["as fm init writes it", { name: "a", version: "1.0.0", providers: { default: "offline" } }, true],
    [
      "in the shape of FlowMason's command line",
      {
        name: "a",
        main: "pipelines/main.pipeline.json",
        author: "Ada",
        pipeline_dirs: ["pipelines"],
        components: { include: ["components/**/*.py"], exclude: [] },
        providers: { default: "anthropic", anthropic: { model: "m", api_key_env: "KEY" } },
        testing: {
          timeout: 30_000,
          retries: 2,
          parallel: false,
          coverage: true,
          test_patterns: ["**/*.test.json"],
        },
        org: { default: "mine" },
      },
      true,
    ],
    [
      "in the shape of FlowMason's extension",
      {
        name: "a",
        version: "1.0.0",
        author: { name: "Ada", email: "ada@example.com" },
        pipelines: { include: ["pipelines"] },
        testing: { timeout: 1, retries: 0, testMatch: ["**/*.test.json"] },
        dependencies: { other: "^1.0.0" },
        scripts: { build: "make" },
      },
      true,
    ],
    ["without a name", { version: "1.0.0" }, false],
    ["with folders that are none", { name: "a", pipeline_dirs: "pipelines" }, false],
    ["with a host that is none", { name: "a", http: { allow: ["http://example.com"] } }, false],
  ])("%s", async (_, manifest, isValid) => {
    const { stdout } = await fm(["schema", "manifest"]);
    expect(new Ajv({ strict: true, allowUnionTypes: true }).validate(JSON.parse(stdout), manifest)).toBe(
      isValid,
    );
  });
});

test("knows no other schema", async () => {
  expect(await fm(["schema", "tests"])).toMatchObject({ code: 3, stdout: "" });
});

test("a $schema in a file is taken as it is: nothing is fetched", async () => {
  const cwd = await temporaryFolder();
  // Whoever asked for these addresses would wait, or fail.
  for (const address of [
    "https://flowmason.dev/schemas/pipeline.schema.json",
    "https://flowmason.io/schemas/pipeline.schema.json",
    "http://127.0.0.1:9/none.json",
  ]) {
    const text = JSON.stringify({
      $schema: address,
      name: "p",
      description: "d",
      stages: [{ id: "a", component_type: "logger", config: { message: "m" } }],
    });
    await writeFile(join(cwd, "p.pipeline.json"), text);
    const { code, stdout } = await fm(["validate", "p.pipeline.json", "--format", "json"], { cwd });
    expect([code, JSON.parse(stdout).files[0].problems]).toEqual([0, []]);
    expect(await fm(["run", "p.pipeline.json"], { cwd })).toMatchObject({ code: 0 });
  }
});
