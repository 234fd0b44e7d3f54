import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A process that writes runs of a workspace. */
export interface Writer {
  readonly process: ChildProcess;
  readonly pid: number;
  /** Tells it to do something, and gives what came of it. */
  ask(command: "record" | "touch" | "hold", runId?: string): Promise<string>;
  /** Ends it as `kill -9` does, and waits until it is gone. */
  kill(): Promise<void>;
}

export function startWriter(root: string): Writer {
  const program = fileURLToPath(new URL("writer-process.ts", import.meta.url));
  const child = spawn(process.execPath, [program, root], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { pid } = child;
  if (pid === undefined) throw new Error("The writer did not start.");
  return {
    process: child,
    pid,
    async ask(command, runId = "") {
      child.stdin.write(`${command} ${runId}\n`);
      return String((await lines.next()).value);
    },
    async kill() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    },
  };
}
