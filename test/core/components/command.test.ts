import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Clock, JsonObject } from "#core/ports";
import { nodeClock } from "#host";
import { temporaryFolder } from "../../support/fm.ts";
import { processGone } from "../../support/process-gone.ts";
import { failureOf, outputOf, runComponent } from "../../support/run-component.ts";

const node = process.execPath;
const env = { PATH: process.env["PATH"] ?? "", GREETING: "hello" };

/** A program of one expression. */
function js(source: string, ...args: readonly string[]): JsonObject {
  return { command: [node, "-e", source, ...args] };
}

describe("what a command is", () => {
  test("a list goes to the program as it is, whatever it holds", async () => {
    const odd = "a b'\"; echo $PATH `id` * \n {{x}}";
    const output = await outputOf("command", js("console.log(JSON.stringify(process.argv[1]))", odd), {
      env,
    });
    expect(output).toMatchObject({ exit_code: 0, signal: null, stderr: "" });
    expect(output).toHaveProperty("value", JSON.stringify(odd));
  });

  test("a text is a line for the shell, with pipes and variables", async () => {
    const output = await outputOf("command", { command: 'printf "%s\\n" "$GREETING" | tr a-z A-Z' }, { env });
    expect(output).toMatchObject({ stdout: "HELLO\n", value: "HELLO" });
  });

  test("a shell stops at the first command that fails, in bash inside a pipe too", async () => {
    for (const command of ["false\necho on", { shell: "bash", command: "false | cat\necho on" }]) {
      const inputs = typeof command === "string" ? { command } : command;
      const failure = await failureOf("command", inputs, { env });
      expect(failure).toMatchObject({ type: "EXECUTION", details: { exit_code: 1, stdout: "" } });
    }
  });

  test("a list with a shell is refused", async () => {
    expect(await failureOf("command", { command: ["ls"], shell: "bash" }, { env })).toMatchObject({
      type: "VALIDATION",
      field: "shell",
    });
  });
});

describe("what a command is given", () => {
  test("a folder of the workspace, its own and the pipeline's variables, standard input", async () => {
    const workspaceRoot = await realpath(await temporaryFolder());
    await mkdir(join(workspaceRoot, "inner"));
    const source =
      "let t='';process.stdin.on('data',c=>t+=c).on('end',()=>console.log(JSON.stringify([process.cwd(),process.env.A,process.env.B,process.env.GREETING,t])))";
    const inputs = { ...js(source), cwd: "inner", env: { A: "own" }, stdin: "in", parse: "json" };
    const values = { env: { A: "pipeline", B: "pipeline" } };
    const output = await outputOf("command", inputs, { env, workspaceRoot, values });
    expect(output).toHaveProperty("value", [join(workspaceRoot, "inner"), "own", "pipeline", "hello", "in"]);
  });

  test.each(["..", "/", "missing", "file", "way-out"])("no folder outside: %s", async (cwd) => {
    const workspaceRoot = await temporaryFolder();
    await writeFile(join(workspaceRoot, "file"), "");
    const { symlink } = await import("node:fs/promises");
    await symlink("/", join(workspaceRoot, "way-out"));
    if (cwd === "/") {
      // An absolute path is one under the root, as everywhere.
      const output = await outputOf("command", { command: ["pwd"], cwd }, { env, workspaceRoot });
      return expect(output).toHaveProperty("value", await realpath(workspaceRoot));
    }
    const failure = await failureOf("command", { command: ["pwd"], cwd }, { env, workspaceRoot });
    expect(failure).toMatchObject({ type: "VALIDATION", field: "cwd" });
  });

  test("no key of a provider", async () => {
    const inputs = { command: 'echo "[${OPENAI_API_KEY-none}]"' };
    const output = await outputOf("command", inputs, { env: { ...env, OPENAI_API_KEY: "sk-very-secret" } });
    expect(output).toHaveProperty("value", "[none]");
  });
});

describe("what comes of a command", () => {
  test("lines and JSON", async () => {
    const lines = await outputOf("command", { ...js("console.log('a\\r\\n\\nb')"), parse: "lines" }, { env });
    expect(lines).toHaveProperty("value", ["a", "", "b"]);
    const json = await outputOf("command", { ...js("console.log('{\"n\":1}')"), parse: "json" }, { env });
    expect(json).toHaveProperty("value", { n: 1 });
    const failure = await failureOf("command", { ...js("console.log('oops')"), parse: "json" }, { env });
    expect(failure).toMatchObject({ type: "TRANSFORMATION", details: { stdout: "oops\n" } });
  });

  test("standard output streams, each line of standard error is a message, and text is cut nowhere", async () => {
    const source = "process.stdout.write('é');console.error('one\\ntwo');process.stdout.write('ü')";
    const { events, output } = await runComponent("command", js(source), { env });
    const said = events.filter(({ kind }) => kind === "log");
    expect(said).toMatchObject([{ message: "one" }, { message: "two" }]);
    const streamed = events.flatMap((event) => (event.kind === "delta" ? [event.text] : []));
    expect(streamed.join("")).toBe("éü");
    expect(output).toMatchObject({ stdout: "éü", stderr: "one\ntwo\n" });
  });

  test("another exit code is a failure with the end of what it said, unless it means success", async () => {
    const inputs = js("console.error('no such\\nthing');process.exit(3)");
    const failure = await failureOf("command", inputs, { env });
    expect(failure).toMatchObject({ type: "EXECUTION", recoverable: false, details: { exit_code: 3 } });
    expect(failure.message).toBe("The command ended with exit code 3: no such\nthing");
    const output = await outputOf("command", { ...inputs, success_codes: [0, 3] }, { env });
    expect(output).toHaveProperty("exit_code", 3);
  });

  test("a program that a signal ends has failed", async () => {
    const failure = await failureOf("command", js("process.kill(process.pid,'SIGKILL')"), { env });
    expect(failure).toMatchObject({ type: "EXECUTION", details: { exit_code: null, signal: "SIGKILL" } });
  });

  test("a program that is not there, one that cannot be given what it is to be, and one that writes without end", async () => {
    const missing = await failureOf("command", { command: ["no-such-program"] }, { env });
    expect(missing.message).toBe(
      '"no-such-program" cannot be started: there is no such program on the PATH.',
    );
    const refused = [
      [{ command: ["echo", "a\0b"] }, "holds the character NUL"],
      [{ command: ["no\0program"] }, "holds the character NUL"],
      [{ command: ["echo", "x".repeat(200_000)] }, "too long; give long texts as stdin"],
    ] as const;
    for (const [inputs, reason] of refused) {
      const failure = await failureOf("command", inputs, { env });
      expect(failure).toMatchObject({ type: "EXECUTION", message: expect.stringContaining(reason) });
    }
    const endless = { command: ["yes"], max_output_bytes: 1000 };
    expect(await failureOf("command", endless, { env })).toMatchObject({ field: "max_output_bytes" });
  });
});

describe("a command is ended with all that it started", () => {
  /** A shell with a child that ignores being asked to end; its id is the first line. */
  const family = "(trap '' TERM; echo started >&2; while :; do sleep 1; done) & echo $!; wait";

  test("when it takes too long", async () => {
    const told = new Set<string>();
    const late = Promise.withResolvers<void>();
    // Its time is over once the child has told its id and is deaf, however slow the machine.
    const clock: Clock = {
      ...nodeClock,
      sleep: (ms, signal) => (ms === 300 ? late.promise : nodeClock.sleep(ms, signal)),
    };
    const { events, failure } = await runComponent(
      "command",
      { command: family },
      {
        env,
        timeoutMs: 300,
        ports: { clock },
        onEvent: ({ kind }) => {
          if (told.add(kind).size === 2) late.resolve();
        },
      },
    );
    expect(failure).toMatchObject({ type: "TIMEOUT" });
    await processGone(childIn(events));
  });

  test("when it is cancelled", async () => {
    const stop = new AbortController();
    const told = new Set<string>();
    const run = runComponent(
      "command",
      { command: family },
      {
        env,
        signal: stop.signal,
        onEvent: ({ kind }) => {
          // Once the child has told its id, and is deaf.
          if (told.add(kind).size === 2) stop.abort();
        },
      },
    );
    const { events, failure } = await run;
    expect(failure).toMatchObject({ type: "CANCELLED" });
    await processGone(childIn(events));
  });

  test("and when it ends itself and leaves something running", async () => {
    const { events, output } = await runComponent("command", { command: "sleep 1000 & echo $!" }, { env });
    expect(output).toHaveProperty("exit_code", 0);
    await processGone(childIn(events));
  });
});

function childIn(events: Awaited<ReturnType<typeof runComponent>>["events"]): number {
  const pid = Number(events.find((event) => event.kind === "delta")?.text);
  expect(pid).toBeGreaterThan(1);
  return pid;
}
