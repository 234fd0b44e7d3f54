// A thread beside the component, which ends the process where the component itself can no longer be reached: when it
// takes too much memory outside of JavaScript's own, and when the process that started it is gone.
import { writeSync } from "node:fs";
import process from "node:process";
import { workerData } from "node:worker_threads";
import { overLimit } from "../memory-limit.ts";

const { mostBytes, parent }: { readonly mostBytes: number; readonly parent: number } = workerData;

setInterval(() => {
  // Elsewhere than on Windows, a process whose parent has ended is given another.
  if (process.platform !== "win32" && process.ppid !== parent) end();
  if (process.memoryUsage.rss() < mostBytes) return;
  writeSync(2, `${overLimit(mostBytes / 2 ** 20)}\n`);
  end();
}, 100);

function end(): void {
  process.kill(process.pid, "SIGKILL");
}
