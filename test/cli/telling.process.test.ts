import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { atTerminal, hasTerminal } from "../support/at-terminal.ts";
import { fm, temporaryFolder } from "../support/fm.ts";

const loop = [
  { id: "each", component_type: "foreach", config: { items: [1, 2], loop_stages: ["note"] } },
  { id: "note", component_type: "logger", config: { message: "item {{ item }}\nof 2" } },
  {
    id: "warn",
    component_type: "logger",
    depends_on: ["each"],
    config: { message: "odd", level: "warning" },
  },
  { id: "out", component_type: "json_transform", depends_on: ["warn"], config: { template: "done" } },
];

async function folderWith(stages: readonly object[]): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
  return cwd;
}

/** Without what differs from run to run. */
function steady(text: string): string {
  return text
    .replaceAll(/(?:\d+ ms|\d+\.\d s) */g, "T ms  ")
    .replaceAll(/TIME +/g, "TIME  ")
    .replaceAll(/ +$/gm, "")
    .replaceAll(/run \S+/g, "run ID")
    .replaceAll(/logs \S+\.$/gm, "logs ID.");
}

const table = [
  "STATUS     STAGE            TIME  ATTEMPTS  TOKENS  COST",
  "succeeded  each             T ms  1         -       -",
  "succeeded  note (2 rounds)  T ms  2         -       -",
  "succeeded  warn             T ms  1         -       -",
  "succeeded  out              T ms  1         -       -",
];

test("a run tells calmly of its own stages as they end, and of warnings", async () => {
  const cwd = await folderWith(loop);
  const { code, stdout, stderr } = await fm(["run", "p.pipeline.json"], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "done\n" });
  expect(steady(stderr).split("\n")).toEqual([
    "run ID",
    "✓ each T ms",
    "· warn warning: odd",
    "✓ warn T ms",
    "✓ out T ms",
    ...table,
    "2 logs are not shown: see --verbose, or fm logs ID.",
    "",
  ]);
});

test("with --verbose each start, end and line of a log is told, by the stage's address", async () => {
  const cwd = await folderWith(loop);
  const { stdout, stderr } = await fm(["run", "p.pipeline.json", "--verbose"], { cwd });
  expect(stdout).toBe("done\n");
  const lines = steady(stderr).split("\n");
  expect(lines.slice(0, 7)).toEqual([
    "run ID",
    "▶ each foreach",
    "▶ each[0]/note logger",
    "· each[0]/note info: item 1",
    "· each[0]/note info: of 2",
    "✓ each[0]/note T ms",
    "▶ each[1]/note logger",
  ]);
  expect(lines.slice(-6)).toEqual([...table, ""]);
});

test("with --quiet there is the output alone; what goes wrong is said, and what is asked", async () => {
  const cwd = await folderWith(loop);
  const quiet = await fm(["run", "p.pipeline.json", "-q"], { cwd });
  expect(quiet).toMatchObject({ code: 0, stdout: "done\n", stderr: "" });
  const bad = { id: "bad", component_type: "command", config: { command: "echo no >&2; exit 3" } };
  const failing = await folderWith([bad]);
  const failed = await fm(["run", "p.pipeline.json", "--quiet"], { cwd: failing });
  expect(failed).toMatchObject({ code: 1, stdout: "" });
  expect(failed.stderr).toBe('Stage "bad" failed: EXECUTION\nThe command ended with exit code 3: no\n');
  const asking = await folderWith([
    { id: "ask", component_type: "approval", config: { prompt: "Go?", timeout: "1s" } },
  ]);
  expect((await fm(["run", "p.pipeline.json", "--quiet"], { cwd: asking })).stderr).toContain(
    "? ask asks: Go?",
  );
});

test.each(["run", "resume", "fork"])("fm %s takes one of --quiet and --verbose", async (command) => {
  const cwd = await folderWith([{ id: "bad", component_type: "command", config: { command: "test -e ok" } }]);
  await fm(["run", "p.pipeline.json"], { cwd });
  const named = command === "run" ? "p.pipeline.json" : "latest";
  const again = command === "run" ? [] : ["--repeat-effects"];
  const both = await fm([command, named, "--quiet", "--verbose"], { cwd });
  expect(both).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("Only one of --quiet and --verbose"),
  });
  const verbose = await fm([command, named, "-v", ...again], { cwd });
  expect(verbose.stderr).toContain("▶ bad command");
  const quiet = await fm([command, named, "-q", ...again], { cwd });
  expect(quiet.stderr).toBe('Stage "bad" failed: EXECUTION\nThe command ended with exit code 1.\n');
});

describe("a run that goes on", () => {
  const stages = [
    { id: "kept", component_type: "generator", config: { prompt: "Say a.", provider: "offline" } },
    {
      id: "again",
      component_type: "command",
      depends_on: ["kept"],
      config: { command: "test -e ok && sleep 0.1" },
    },
    {
      id: "ask",
      component_type: "generator",
      depends_on: ["again"],
      config: { prompt: "Say b.", provider: "offline" },
    },
  ];

  test("tells what it took over, and what models used now and before", async () => {
    const cwd = await folderWith(stages);
    await fm(["run", "p.pipeline.json"], { cwd });
    await writeFile(join(cwd, "ok"), "");
    const { code, stdout, stderr } = await fm(["resume", "latest", "--json"], { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^taken over +kept +- +- +- +-$/m);
    expect(stderr).toMatch(/^succeeded +again +[\d.]+ m?s +1 +/m);
    expect(stderr).toMatch(/^Models now: 1 call, .*\nBefore it went on: 1 call, /m);
    expect(JSON.parse(stdout)).toMatchObject({ usage: { calls: 1 }, usageBefore: { calls: 1 } });
  });

  test("as a fork tells what it took over from the other run, whose that was", async () => {
    const cwd = await folderWith(stages);
    await writeFile(join(cwd, "ok"), "");
    await fm(["run", "p.pipeline.json"], { cwd });
    const change = ["--set", 'ask.config.prompt="Say c."'];
    const { code, stdout, stderr } = await fm(["fork", "latest", "--json", ...change], { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^taken over +kept +.*\ntaken over +again +.*\nsucceeded +ask +\d+ ms +1 /m);
    expect(stderr).toMatch(/^Models now: 1 call, .*\nIn what is taken over: 1 call, /m);
    expect(JSON.parse(stdout)).toMatchObject({ usage: { calls: 1 }, usageBefore: { calls: 1 } });
  });
});

describe.skipIf(!hasTerminal)("at a terminal", () => {
  const slow = [
    { id: "slow", component_type: "command", config: { command: "while [ ! -e go ]; do sleep 0.05; done" } },
    { id: "next", component_type: "json_transform", depends_on: ["slow"], config: { template: "done" } },
  ];

  test("what is at work is in a line below, which is gone in the end", async () => {
    const cwd = await folderWith(slow);
    const screen = atTerminal("run p.pipeline.json", cwd);
    await screen.shows("▶ slow");
    await writeFile(join(cwd, "go"), "");
    await screen.shows("\r\u001b[2K✓ slow");
    expect(await screen.ended).toBe(0);
    expect(screen.all().slice(screen.all().indexOf("STATUS"))).not.toContain("▶");
    expect(screen.all()).toContain("done");
  });

  test("nothing is written over in CI", async () => {
    const cwd = await folderWith(slow);
    await writeFile(join(cwd, "go"), "");
    const screen = atTerminal("run p.pipeline.json", cwd, { CI: "true" });
    expect(await screen.ended).toBe(0);
    expect(screen.all()).not.toContain("\u001b[2K");
  });
});
