import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { onTestFinished } from "vitest";

/** The built command line; FLOWMASON_CLI names another entry, such as the source while working on it. */
export const fmEntry = resolve(
  import.meta.dirname,
  "..",
  "..",
  process.env["FLOWMASON_CLI"] ?? "dist/node/cli.mjs",
);

/** How a process of `fm` ended, and what it said. */
export interface FmResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FmOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** Runs `fm` as a process of its own, with no environment but what is given. */
export async function fm(args: readonly string[], options: FmOptions = {}): Promise<FmResult> {
  const started = startFm(args, options);
  started.process.stdin.end(options.stdin ?? "");
  return started.ended;
}

/** Starts `fm` and leaves it running; it is killed with the test at the latest. */
export function startFm(
  args: readonly string[],
  { cwd, env }: FmOptions = {},
): {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<FmResult>;
} {
  const child = spawn(process.execPath, [fmEntry, ...args], {
    cwd: cwd ?? tmpdir(),
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "",
      ...env,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<FmResult>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { process: child, ended };
}

/** An empty folder for one test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fm-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
