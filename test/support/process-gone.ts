import { readFileSync } from "node:fs";
import { vi } from "vitest";

/** Resolves once no process with this id runs; one that has ended and that no one has asked about yet counts as gone. */
export async function processGone(pid: number): Promise<void> {
  await vi.waitFor(
    () => {
      if (isRunning(pid)) throw new Error(`Process ${pid} still runs.`);
    },
    { timeout: 10_000 },
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // Linux tells in a word what a process does: the state stands after the name in parentheses.
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}
