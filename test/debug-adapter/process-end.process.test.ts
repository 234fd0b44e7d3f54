import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { adapter, pipelinePath } from "./support/adapter-process.ts";
import { requestFrame } from "./support/request-frame.ts";

test("the adapter's process ends when its client says goodbye, even while the run is stopped", async () => {
  const child = start();
  const exited = once(child, "exit");
  child.stdin.write(requests("initialize", "launch", "configurationDone", "disconnect"));
  expect(await exited).toEqual([0, null]);
});

test("the adapter's process ends when its client is gone without a word", async () => {
  const child = start();
  const exited = once(child, "exit");
  child.stdin.write(requests("initialize", "launch", "configurationDone"));
  child.stdin.end();
  expect(await exited).toEqual([0, null]);
});

function start() {
  const child = spawn(process.execPath, [adapter], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdout.resume();
  return child;
}

function requests(...commands: readonly string[]): string {
  const args = { pipeline: pipelinePath("review"), stopOnEntry: true, record: false };
  return commands
    .map((command, index) => requestFrame(index + 1, command, command === "launch" ? args : {}))
    .join("");
}
