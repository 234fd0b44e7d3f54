import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, startFm, temporaryFolder } from "../support/fm.ts";

const commands = [
  "run",
  "resume",
  "fork",
  "sweep",
  "answer",
  "cache",
  "resolve",
  "graph",
  "dap",
  "lsp",
  "runs",
  "show",
  "logs",
  "diff",
  "merge",
  "git",
  "diff-runs",
  "export",
  "import",
  "prune",
  "validate",
  "components",
  "init",
  "fmt",
  "schema",
];

test("help goes to stdout and names every command", async () => {
  for (const args of [["--help"], ["-h"], ["help"]]) {
    const { code, stdout, stderr } = await fm(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const command of commands) expect(stdout).toContain(`  ${command} `);
  }
});

test.each(commands)("fm %s --help shows its usage and options", async (command) => {
  for (const args of [
    [command, "--help"],
    [command, "-h"],
    ["help", command],
  ]) {
    const { code, stdout } = await fm(args);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: fm ${command} `);
    expect(stdout).toContain("--help");
    // Examples are to be copied, and so are not broken.
    const wide = stdout.split("\n").filter((line) => line.length > 80 && !line.startsWith("  fm "));
    expect(wide).toEqual([]);
  }
});

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8"));
  expect(await fm(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test.each([
  [[], /Usage: fm/],
  [["rnu", "x"], /no command "rnu".*Did you mean run\?/],
  [["deploy"], /There are run, .*validate, .*init, /],
  [["--frobnicate"], /no option --frobnicate/],
  [["run"], /Name one pipeline file/],
  [["run", "a", "b"], /Name one pipeline file/],
  [["run", "a", "--inptu", "{}"], /no option --inptu\. Did you mean --input\?/],
  [["run", "a", "-x"], /no option -x/],
  [["run", "a", "--input"], /--input/],
  [["run", "a", "--max-cost", "-1"], /'--max-cost=-XYZ'/],
  [["runs", "x"], /fm show RUN/],
  [["runs", "--limit", "0"], /--limit is a number from 1, or all/],
  [["show"], /Name one run/],
  [["show", "x", "--at", "-1"], /--at/],
  [["show", "x", "--at", "two"], /--at is the number of an event/],
  [["logs"], /Name one run/],
  [["diff", "x"], /Name two pipeline files/],
  [["merge", "a", "b"], /Name three files/],
  [["git"], /install, or outline/],
  [["diff-runs", "x"], /Name two runs/],
  [["diff-runs", "x", "y", "--format", "xml"], /text or json/],
  [["export", "x", "y"], /Name one run/],
  [["import"], /Name one file/],
  [["prune", "--keep", "many"], /--keep is a number/],
  [["prune", "--older-than", "30"], /12h, 30d or 8w/],
  [["prune", "--max-size", "1GiB"], /500MB or 1GB/],
  [["validate"], /Name the files/],
  [["validate", ".", "--format", "xml"], /text, json or sarif/],
  [["init", "a", "b"], /one folder/],
])("fm %j is a usage error", async (args, message) => {
  const { code, stdout, stderr } = await fm(args);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(message);
});

test.each([
  [
    ["run", "--json"],
    { status: "invalid", failure: { type: "VALIDATION", message: "Name one pipeline file." } },
  ],
  [["run", "a", "--json", "--inptu", "{}"], { status: "invalid", problems: [] }],
  [["run", "a", "b", "--json"], { status: "invalid", output: null }],
  [
    ["validate", "--format", "json"],
    { files: [], error: { message: "Name the files or folders to check." } },
  ],
  [["validate", ".", "--format=json", "--stirct"], { files: [] }],
  [["validate", "--format", "sarif"], { version: "2.1.0", runs: [{ results: [] }] }],
])("fm %j prints its document for a usage error too", async (args, document) => {
  const { code, stdout, stderr } = await fm(args);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject(document);
  expect(stderr).not.toBe("");
});

test("colour is for screens, unless the environment says otherwise", async () => {
  const escape = "\u001b[";
  expect((await fm(["rnu"])).stderr).not.toContain(escape);
  expect((await fm(["rnu"], { env: { FORCE_COLOR: "1" } })).stderr).toContain(escape);
  expect((await fm(["rnu"], { env: { FORCE_COLOR: "0" } })).stderr).not.toContain(escape);
  expect((await fm(["rnu"], { env: { NO_COLOR: "1" } })).stderr).not.toContain(escape);
});

test("a reader that has had enough is no fault", async () => {
  const folder = await temporaryFolder();
  const many = Array.from(
    { length: 2000 },
    (_, n) => `{"id": "s${n}", "component_type": "no_such_type_${n}"}`,
  ).join(",");
  await writeFile(join(folder, "x.pipeline.json"), `{"name": "x", "stages": [${many}]}`);
  const { process: child, ended } = startFm(["validate", "."], { cwd: folder });
  child.stdout.once("data", () => child.stdout.destroy());
  const { stderr, signal } = await ended;
  expect(signal).toBeNull();
  expect(stderr).not.toMatch(/EPIPE|fault of FlowMason/);
});

test.each([
  ["dap", { seq: 1, type: "request", command: "initialize", arguments: { adapterID: "flowmason" } }],
  [
    "lsp",
    {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { processId: null, rootUri: null, capabilities: {} },
    },
  ],
])("fm %s ends by a signal though its client is still there", async (command, initialize) => {
  const { process: child, ended } = startFm([command]);
  const answered = new Promise((resolve) => child.stdout.once("data", resolve));
  const text = JSON.stringify(initialize);
  child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  await answered;
  child.kill("SIGTERM");
  expect((await ended).code).toBe(130);
});
