import { describe, expect, test } from "vitest";
import { componentProject, componentThat, pipelineOf } from "../support/component-project.ts";
import { fm } from "../support/fm.ts";

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
