import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadComponents, type OwnComponents, readWorkspace } from "#host";
import { componentThat } from "../../support/component-project.ts";

async function load(
  files: Readonly<Record<string, string>>,
  trust: "trusted" | "untrusted" = "trusted",
  limitMs?: number,
): Promise<OwnComponents> {
  const root = await mkdtemp(join(tmpdir(), "fm-components-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ "flowmason.json": '{ "name": "p" }', ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const read = await readWorkspace(root);
  if (!read.ok) throw new Error(read.message);
  const options = { env: process.env, trust, ...(limitMs === undefined ? {} : { limitMs }) };
  return await loadComponents(read.workspace, options);
}

const sound = componentThat("sound", "");
const problemsOf = ({ modules }: OwnComponents): readonly string[] =>
  modules.flatMap(({ path, problems }) => problems.map(({ message }) => `${path}: ${message}`));

test("a module that never ends loading is a problem of that file, and the others are loaded", {
  timeout: 60_000,
}, async () => {
  const own = await load(
    {
      "components/a-waits.ts": `${sound.replace('"sound"', '"waits"')}await new Promise(() => {});\n`,
      "components/b-loops.ts": `${sound.replace('"sound"', '"loops"')}for (;;);\n`,
      "components/c-sound.ts": sound,
    },
    "trusted",
    4000,
  );
  expect([...own.files]).toEqual([["sound", "components/c-sound.ts"]]);
  expect(problemsOf(own)).toEqual([
    expect.stringMatching(/^components\/a-waits\.ts: .*longer than 4 s/),
    expect.stringMatching(/^components\/b-loops\.ts: .*longer than 4 s/),
  ]);
  expect(own.definitions.get("waits")?.unusable).toContain("longer than 4 s");
});

test("what one module leaves behind is not put down to the next", { timeout: 60_000 }, async () => {
  const own = await load({
    "components/a.ts": `${sound.replace('"sound"', '"first"')}setTimeout(() => process.exit(9), 1);\n`,
    "components/b.ts": `${sound}await new Promise((done) => setTimeout(done, 100));\n`,
  });
  expect(problemsOf(own)).toEqual([]);
  expect([...own.files.keys()]).toEqual(["first", "sound"]);
});

test("what is told of a component is what it says of itself", { timeout: 60_000 }, async () => {
  const { definitions } = await load({
    "components/full.ts": `import { defineComponent, z } from "flowmason";
export default defineComponent({
  name: "full-one", version: "2.1.0", title: "The full one", description: "Does all.", icon: "beaker", color: "green",
  category: "data", idempotent: true, timeoutMs: 5000,
  input: z.object({ list: z.array(z.string()).default([]).describe("A list."), when: z.date().optional() }),
  output: z.object({ n: z.int().describe("How many.") }),
  execute: ({ inputs }) => ({ n: inputs.list.length }),
});
`,
    "components/plain.ts": sound,
  });
  expect(definitions.get("full_one")).toMatchObject({
    version: "2.1.0",
    title: "The full one",
    description: "Does all.",
    icon: "beaker",
    color: "green",
    category: "data",
    idempotent: true,
    timeoutMs: 5000,
    unusable: null,
  });
  expect(definitions.get("sound")).toMatchObject({
    version: "1.0.0",
    title: "Sound",
    icon: "tools",
    color: "foreground",
    category: "integration",
    idempotent: false,
    timeoutMs: 300_000,
  });
});

test("in an untrusted workspace nothing is run: the components are known, and why they cannot be used", async () => {
  const marker = join(tmpdir(), `fm-untrusted-${process.pid}`);
  const own = await load(
    {
      "components/evil.ts": `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(marker)}, "");\n${sound}`,
    },
    "untrusted",
  );
  expect(own.files.size).toBe(0);
  expect(problemsOf(own)).toEqual([]);
  expect(own.definitions.get("sound")?.unusable).toMatch(/components\/evil\.ts is not loaded.*not trusted/);
  await expect(rm(marker)).rejects.toThrow("ENOENT");
});

test("a project without components starts no process", async () => {
  const { modules, definitions } = await load({
    "components/_only.ts": "throw 1;",
    "components/readme.md": "",
  });
  expect([modules.length, definitions.size]).toEqual([0, 0]);
});
