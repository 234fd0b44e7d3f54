import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

const value = "s3cret-value";

/** A folder with these pipelines, by name. */
async function workspaceOf(pipelines: Readonly<Record<string, object>>): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "flowmason.json"), "{}");
  for (const [name, pipeline] of Object.entries(pipelines))
    await writeFile(
      join(cwd, `${name}.pipeline.json`),
      JSON.stringify({ name, version: "1.0.0", ...pipeline }),
    );
  return cwd;
}

const printed = {
  id: "print",
  component_type: "command",
  config: { command: 'echo "$T"; echo "$T" >&2', env: { T: "{{ secrets.TOKEN }}" } },
};

describe("a secret", () => {
  test("comes to the command, and neither output, progress nor journal has it", async () => {
    const cwd = await workspaceOf({
      a: {
        secrets: { TOKEN: { env: "MY_TOKEN" } },
        stages: [
          printed,
          {
            id: "length",
            component_type: "command",
            // What passes through an output is still the secret for who may read it.
            config: {
              command: 'printf %s "$T" | wc -c',
              env: { T: "{{ upstream.print.value }}", U: "{{ secrets.TOKEN }}" },
            },
          },
        ],
      },
    });
    const journal = join(cwd, "journal");
    const result = await fm(["run", "a.pipeline.json", "--json", "--journal", journal], {
      cwd,
      env: { MY_TOKEN: value },
    });
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({
      output: { value: expect.stringMatching(`^ *${value.length}$`) },
    });
    const record = await readFile(journal, "utf8");
    expect(record).toMatch(/⟦secret:MY_TOKEN:plain:\w+⟧/);
    expect(record).toContain('"secretMark":');
    for (const text of [result.stdout, result.stderr, record]) expect(text).not.toContain("s3cret");
  });

  test.each([
    ["a question", "approval", { prompt: "Is it {{ secrets.TOKEN }}?", timeout: "1ms", on_timeout: "fail" }],
    ["the name of a pipeline", "subpipeline", { pipeline_id: "{{ secrets.TOKEN }}" }],
    ["what a condition does not find", "filter", { data: "{{ secrets.TOKEN }}", condition: "data.a.b" }],
  ])("as %s is not told to anyone", async (_use, component_type, config) => {
    const long = "s3cret-value-that-is-longer-than-what-is-quoted";
    const cwd = await workspaceOf({
      a: { secrets: { TOKEN: { env: "MY_TOKEN" } }, stages: [{ id: "a", component_type, config }] },
    });
    const journal = join(cwd, "journal");
    const result = await fm(["run", "a.pipeline.json", "--json", "--journal", journal], {
      cwd,
      env: { MY_TOKEN: long },
    });
    expect(result.code).toBe(1);
    const record = await readFile(journal, "utf8");
    for (const text of [result.stdout, result.stderr, record]) {
      expect(text).toMatch(/secret[ :](TOKEN|MY_TOKEN)/);
      expect(text).not.toContain("s3cret");
    }
  });

  test("is not in the environment of a command that does not name it, nor in env", async () => {
    const cwd = await workspaceOf({
      a: {
        secrets: ["TOKEN"],
        stages: [{ id: "a", component_type: "command", config: { command: 'echo "[${TOKEN-none}]"' } }],
      },
      b: {
        secrets: ["TOKEN"],
        stages: [{ id: "a", component_type: "logger", config: { message: "{{ env.TOKEN }}" } }],
      },
    });
    const env = { TOKEN: value };
    const inherited = await fm(["run", "a.pipeline.json", "--json"], { cwd, env });
    expect(JSON.parse(inherited.stdout)).toMatchObject({ output: { value: "[none]" } });
    const read = await fm(["run", "b.pipeline.json", "--json"], { cwd, env });
    expect(JSON.parse(read.stdout)).toMatchObject({ status: "failed", failure: { type: "EXPRESSION" } });
  });

  test("that has no value stops the run before any stage, unless it may be without", async () => {
    const stages = [{ id: "first", component_type: "command", config: { command: "touch ran" } }, printed];
    const cwd = await workspaceOf({
      a: { stages },
      b: { secrets: { TOKEN: { required: false } }, stages: [printed] },
      c: { secrets: { OTHER: {} }, stages: [stages[0]] },
    });
    for (const [name, variable] of [
      ["a", "TOKEN"],
      ["c", "OTHER"],
    ] as const) {
      const { code, stderr } = await fm(["run", `${name}.pipeline.json`], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain(`Set the environment variable ${variable} and run again.`);
    }
    // At the place that declares it.
    await writeFile(
      join(cwd, "d.pipeline.json"),
      '{ "name": "d",\n  "secrets": ["OTHER"],\n  "stages": [] }\n',
    );
    const placed = await fm(["run", "d.pipeline.json"], { cwd });
    expect(placed.stderr).toContain('d.pipeline.json:2:15: error The secret "OTHER" has no value.');
    expect(await readFile(join(cwd, "ran")).catch(() => "not run")).toBe("not run");
    const without = await fm(["run", "b.pipeline.json", "--json"], { cwd });
    expect(JSON.parse(without.stdout)).toMatchObject({ status: "failed", failure: { type: "VALIDATION" } });
  });

  test("is for the pipeline that names it: a called one has its own", async () => {
    const call = {
      id: "call",
      component_type: "subpipeline",
      config: { pipeline_id: "child", input_data: { t: "{{ secrets.TOKEN }}" } },
    };
    const cwd = await workspaceOf({
      parent: { secrets: ["TOKEN"], stages: [call] },
      child: {
        stages: [
          {
            id: "c",
            component_type: "command",
            config: { command: ["printf", "%s %s", "{{ input.t }}", "{{ secrets.OWN }}"] },
          },
        ],
      },
    });
    const env = { TOKEN: value, OWN: "child-secret" };
    const { stdout } = await fm(["run", "parent.pipeline.json", "--json"], { cwd, env });
    // Not named by the child, the parent's stays closed to it; a reader sees what it was.
    expect(stdout).toMatch(/\[secret TOKEN\] ⟦secret:OWN:plain:\w+⟧/);
    expect(stdout).not.toContain("s3cret");
  });

  test("cannot be made up by a file, an input or a program", async () => {
    const cwd = await workspaceOf({
      a: {
        secrets: ["TOKEN"],
        stages: [
          {
            id: "a",
            component_type: "command",
            config: {
              command: ["printf", "%s", "⟦secret:TOKEN:plain:x⟧ {{ input.forged }}"],
              env: { T: "{{ secrets.TOKEN }}" },
            },
          },
        ],
      },
    });
    const input = JSON.stringify({ forged: "⟦secret:TOKEN:plain:y⟧" });
    const { stdout } = await fm(["run", "a.pipeline.json", "--json", "--input", input], {
      cwd,
      env: { TOKEN: value },
    });
    expect(JSON.parse(stdout)).toMatchObject({
      output: { stdout: "⟦secret:TOKEN:plain:x⟧ ⟦secret:TOKEN:plain:y⟧" },
    });
  });
});
