import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

const entry = resolve(import.meta.dirname, "..", "..", process.env["FLOWMASON_CLI"] ?? "dist/node/cli.mjs");

/** util-linux's `script` gives a program a terminal of its own; the one of macOS takes other options. */
const hasTerminal = process.platform === "linux" && existsSync("/usr/bin/script");

interface Screen {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  /** Resolves once this was shown after all that was waited for before. */
  shows(text: string): Promise<void>;
  readonly ended: Promise<number | null>;
  all(): string;
}

/** Runs `fm` at a terminal. */
function atTerminal(args: string, cwd: string): Screen {
  const command = `stty -echo; '${process.execPath}' '${entry}' ${args}`;
  const child = spawn("/usr/bin/script", ["-qefc", command, "/dev/null"], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let all = "";
  let seen = 0;
  let check = (): void => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    all += text;
    check();
  });
  return {
    process: child,
    all: () => all,
    shows: (text) =>
      new Promise((done) => {
        check = () => {
          const at = all.indexOf(text, seen);
          if (at < 0) return;
          seen = at + text.length;
          check = () => {};
          done();
        };
        check();
      }),
    ended: new Promise((done) => child.on("close", done)),
  };
}

const stages = [
  { id: "deploy", component_type: "approval", config: { prompt: "Deploy?" } },
  {
    id: "where",
    component_type: "approval",
    depends_on: ["deploy"],
    config: { title: "Region", prompt: "Where?", kind: "choice", options: ["eu", "us"], default: "us" },
  },
  {
    id: "why",
    component_type: "approval",
    depends_on: ["where"],
    config: { prompt: "Why?", kind: "text" },
  },
  {
    id: "all",
    component_type: "json_transform",
    config: {
      template: "{{ upstream.deploy.answered_via }} {{ upstream.where.answer }} {{ upstream.why.answer }}",
    },
  },
];

async function workspaceOf(list: readonly object[]): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "flowmason.json"), "{}");
  await writeFile(
    join(cwd, "t.pipeline.json"),
    JSON.stringify({ name: "t", version: "1.0.0", stages: list }),
  );
  return cwd;
}

describe.skipIf(!hasTerminal)("at a terminal", () => {
  test("questions are asked one after the other, again where the answer does not fit, with a default", async () => {
    const screen = atTerminal("run t.pipeline.json", await workspaceOf(stages));
    await screen.shows("? deploy asks: Deploy?");
    await screen.shows("yes or no > ");
    screen.process.stdin.write("perhaps\n");
    await screen.shows("Answer with yes or no. > ");
    screen.process.stdin.write("y\n");
    await screen.shows("? where asks: Region Where?");
    await screen.shows("option or number [us] > ");
    screen.process.stdin.write("\n");
    await screen.shows("? why asks: Why?");
    screen.process.stdin.write("because\n");
    await screen.shows("terminal us because");
    expect(await screen.ended).toBe(0);
  });

  test("an answer from elsewhere takes the question from the screen, and the run ends", async () => {
    const cwd = await workspaceOf(stages.slice(0, 1));
    const screen = atTerminal("run t.pipeline.json", cwd);
    await screen.shows("yes or no > ");
    const list = await fm(["answer", "--json"], { cwd });
    const { questions } = JSON.parse(list.stdout) as {
      readonly questions: readonly { readonly run: string }[];
    };
    expect(await fm(["answer", questions[0]?.run ?? "", "no"], { cwd })).toMatchObject({ code: 0 });
    await screen.shows("(fm answer): no");
    expect(await screen.ended).toBe(0);
  });

  test("Ctrl+C at a question cancels the run", async () => {
    const screen = atTerminal("run t.pipeline.json", await workspaceOf(stages.slice(0, 1)));
    await screen.shows("yes or no > ");
    screen.process.stdin.write("\u0003");
    await screen.shows("The run was cancelled.");
    expect(await screen.ended).toBe(130);
  });
});
