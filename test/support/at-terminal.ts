import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { onTestFinished } from "vitest";
import { fmEntry } from "./fm.ts";

/** util-linux's `script` gives a program a terminal of its own; the one of macOS takes other options. */
export const hasTerminal = process.platform === "linux" && existsSync("/usr/bin/script");

/** What a person sees and types. */
export interface Screen {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  /** Resolves once this was shown after all that was waited for before. */
  shows(text: string): Promise<void>;
  readonly ended: Promise<number | null>;
  all(): string;
}

/** Runs `fm` at a terminal, without colours. */
export function atTerminal(args: string, cwd: string, env: Readonly<Record<string, string>> = {}): Screen {
  const command = `stty -echo; '${process.execPath}' '${fmEntry}' ${args}`;
  const child = spawn("/usr/bin/script", ["-qefc", command, "/dev/null"], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", NO_COLOR: "1", ...env },
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
