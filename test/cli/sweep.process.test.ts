import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, startFm, temporaryFolder } from "../support/fm.ts";

const stages = [
  { id: "fetch", component_type: "json_transform", config: { template: { text: "{{ input.text }}" } } },
  {
    id: "draft",
    component_type: "generator",
    config: { prompt: "Say it: {{ upstream.fetch.text }}", provider: "offline" },
    depends_on: ["fetch"],
  },
  {
    id: "report",
    component_type: "json_transform",
    config: { template: { said: "{{ upstream.draft.content }}" } },
    depends_on: ["draft"],
  },
];

async function recorded(of: readonly object[], input: object): Promise<string> {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages: of }));
  const { code } = await fm(["run", "p.pipeline.json", "--input", JSON.stringify(input)], { cwd });
  expect(code).toBe(0);
  return cwd;
}

const runsIn = (cwd: string): readonly string[] =>
  readdirSync(join(cwd, ".flowmason/runs")).filter((name) => /^\d{8}-/.test(name));

test("fm sweep forks a run once for each value, says first what runs, and gives a line for each", async () => {
  const cwd = await recorded(stages, { text: "The lamp flickers." });
  const prompts = ['"Ask about the cat."', '"Praise the dog."'];
  const sweep = (...more: readonly string[]) =>
    fm(["sweep", "latest", "draft.config.prompt", ...prompts, ...more], { cwd });

  const dry = await sweep("--dry-run", "--json");
  expect(dry.stderr).toContain('↻ "Ask about the cat." draft, report\n');
  expect(dry.stderr).toMatch(/About what all of these stages took before: Models: 2 calls/);
  expect(JSON.parse(dry.stdout)).toMatchObject({
    status: "planned",
    variants: [{ value: "Ask about the cat.", again: ["draft", "report"] }, { value: "Praise the dog." }],
  });
  expect(runsIn(cwd)).toHaveLength(1);

  const { code, stdout } = await sweep("--json", "-q");
  expect(code).toBe(0);
  const { variants, path } = JSON.parse(stdout);
  expect(path).toBe("draft.config.prompt");
  expect(variants).toMatchObject([
    { value: "Ask about the cat.", status: "succeeded", usage: { calls: 1 } },
    { value: "Praise the dog.", status: "succeeded", usage: { calls: 1 } },
  ]);
  expect(variants[0].stage_output.content).toContain("Ask about the cat.");
  expect(variants[1].output.said).toContain("Praise the dog.");
  expect(runsIn(cwd)).toHaveLength(3);
  expect(runsIn(cwd)).toEqual(
    expect.arrayContaining(variants.map(({ run }: { readonly run: string }) => run)),
  );

  const table = await fm(["sweep", runsIn(cwd).toSorted()[0] ?? "", "input.text", '"a"', '"b"', "-q"], {
    cwd,
  });
  const lines = table.stdout.trimEnd().split("\n");
  expect(lines[0]).toMatch(/^VALUE +OUTCOME +TIME +TOKENS +COST +RUN +OUTPUT$/);
  expect(lines[1]).toMatch(/^"a" +succeeded .* ms .*\d{8}-\d{6}-\w{5} +\{"said":/);
  expect(lines).toHaveLength(3);
}, 120_000);

test("Ctrl+C cancels the fork of a sweep that runs, and begins none after it", async () => {
  const waiting = [{ id: "wait", component_type: "command", config: { command: "sleep {{ input.s }}" } }];
  const cwd = await recorded(waiting, { s: 0 });
  const asked = ["sweep", "latest", "input.s", "1000", "2000"];
  const refused = await fm(asked, { cwd });
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("add --repeat-effects to fm sweep"),
  });

  const { process: child, ended } = startFm([...asked, "--repeat-effects", "--verbose", "--json"], { cwd });
  await new Promise<void>((resolve) => {
    let said = "";
    child.stderr.on("data", (chunk: string) => {
      said += chunk;
      if (said.includes("▶ wait")) resolve();
    });
  });
  child.kill("SIGINT");
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  expect(JSON.parse(stdout).variants).toMatchObject([
    { value: 1000, status: "cancelled" },
    { value: 2000, status: "not-started", run: null },
  ]);
  expect(runsIn(cwd)).toHaveLength(2);
}, 120_000);

test.each([
  [["latest", "draft.config.prompt"], 3, "Name a run, what to set, and its values"],
  [["latest", "draft.config.prompt", "no json"], 3, "is no JSON"],
  [["latest", "nobody.config.prompt", "1"], 2, "the run has no stage nobody"],
  [["none", "input.text", "1"], 2, "There is no run none"],
])("fm sweep %j says what is wrong", async (args, code, words) => {
  const cwd = await recorded(stages.slice(0, 1), { text: "x" });
  expect(await fm(["sweep", ...args], { cwd })).toMatchObject({
    code,
    stderr: expect.stringContaining(words),
  });
  expect(runsIn(cwd)).toHaveLength(1);
});
