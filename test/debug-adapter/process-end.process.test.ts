import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { adapter, pipelinePath } from "./support/adapter-process.ts";

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
  return commands.map(frame).join("");
}

function frame(command: string, index: number): string {
  const args = command === "launch" ? { pipeline: pipelinePath("review"), stopOnEntry: true } : {};
  const text = JSON.stringify({ seq: index + 1, type: "request", command, arguments: args });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
