import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { KEPT_SECRETS_VARIABLE } from "#protocol";
import { temporaryFolder } from "../support/fm.ts";
import { adapter } from "./support/adapter-process.ts";
import { requestFrame } from "./support/request-frame.ts";

const value = "kept-4f1c9a7e55d0";
const env = { PATH: process.env["PATH"], SERVICE_TOKEN: value, [KEPT_SECRETS_VARIABLE]: "SERVICE_TOKEN" };

test("DB-22 what VS Code keeps as a secret no pipeline reads unless it names it, no program gets, and no text of the debugger has", async () => {
  const stages = [
    {
      id: "named",
      component_type: "logger",
      config: { message: "has {{ secrets.SERVICE_TOKEN }}" },
    },
    {
      id: "program",
      component_type: "command",
      config: { command: 'echo "program: ${SERVICE_TOKEN-none}"' },
    },
    { id: "path", component_type: "logger", config: { message: "{{ env.SERVICE_TOKEN ?? 'unseen' }}" } },
  ];
  const adapterProcess = await launch({ name: "p", secrets: ["SERVICE_TOKEN"], stages });
  await adapterProcess.until('"event":"terminated"');
  adapterProcess.child.stdin.end();
  expect(await once(adapterProcess.child, "exit")).toEqual([0, null]);
  const said = adapterProcess.said();
  expect(said).not.toContain(value);
  expect(said).toContain("SERVICE_TOKEN");
  expect(said).toContain("program: none");
  expect(said).toContain("unseen");
});

test("a defect that nobody catches is told without the secrets of the run", async () => {
  // Stands for a fault of the adapter's own.
  const folder = await temporaryFolder();
  const fault = join(folder, "fault.mjs");
  await writeFile(
    fault,
    'process.on("SIGUSR2", () => { throw new Error("met " + process.env.SERVICE_TOKEN); });',
  );
  const stages = [{ id: "a", component_type: "logger", config: { message: "x" } }];
  const adapterProcess = await launch({ name: "p", stages }, ["--import", fault]);
  await adapterProcess.until('"event":"terminated"');
  adapterProcess.child.kill("SIGUSR2");
  expect(await once(adapterProcess.child, "close")).toEqual([70, null]);
  expect(adapterProcess.said()).toMatch(
    /Defect in the FlowMason debug adapter, please report it: Error: met .*SERVICE_TOKEN/,
  );
  expect(adapterProcess.said()).not.toContain(value);
});

/** Runs a pipeline in an adapter that VS Code has told of a kept secret; what it says is of both streams. */
async function launch(pipeline: object, options: readonly string[] = []) {
  const folder = await temporaryFolder();
  const path = join(folder, "p.pipeline.json");
  await writeFile(path, JSON.stringify(pipeline));
  const child = spawn(process.execPath, [...options, adapter], { env, stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  let look = (): void => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += String(chunk);
      look();
    });
  }
  child.stdin.write(
    requestFrame(1, "initialize") +
      requestFrame(2, "launch", { pipeline: path, noDebug: true, record: false }) +
      requestFrame(3, "configurationDone"),
  );
  const until = (text: string): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (said.includes(text)) resolve();
      };
      look();
    });
  return { child, until, said: () => said };
}
