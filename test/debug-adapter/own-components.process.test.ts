import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { componentProject, componentThat, pipelineOf } from "../support/component-project.ts";
import { startAdapter } from "./support/adapter-process.ts";

test("a component of the project's own runs under the debugger; what it prints is in the console", async () => {
  const folder = await componentProject({
    "components/mine.ts": componentThat("mine", 'console.log("printed here"); log.info("told there");'),
    "p.pipeline.json": pipelineOf({ id: "a", component_type: "mine@^1.0.0" }),
  });
  const client = await startAdapter();
  const outputs: string[] = [];
  client.on("output", ({ body }: DebugProtocol.OutputEvent) => outputs.push(body.output));
  const exited = client.waitForEvent("exited", 30_000);
  await Promise.all([
    client.configurationSequence(),
    client.launch({ type: "flowmason", pipeline: join(folder, "p.pipeline.json") }),
  ]);
  expect((await exited).body).toEqual({ exitCode: 0 });
  const console = outputs.join("");
  expect(console).toContain("printed here");
  expect(console).toContain("told there");
  expect(console).toContain('"done": true');
});

test("stopping the session ends a component that does not listen", async () => {
  const folder = await componentProject({
    "components/deaf.ts": componentThat(
      "deaf",
      "log.info(`pid ${process.pid}`); setImmediate(() => { for (;;); }); await new Promise(() => {});",
    ),
    "p.pipeline.json": pipelineOf({ id: "a", component_type: "deaf" }),
  });
  const client = await startAdapter();
  const pid = new Promise<number>((resolve) => {
    client.on("output", ({ body }: DebugProtocol.OutputEvent) => {
      const found = /pid (\d+)/.exec(body.output);
      if (found !== null) resolve(Number(found[1]));
    });
  });
  const terminated = client.waitForEvent("terminated", 30_000);
  await Promise.all([
    client.configurationSequence(),
    client.launch({ type: "flowmason", pipeline: join(folder, "p.pipeline.json") }),
  ]);
  const running = await pid;
  await client.customRequest("terminate");
  await terminated;
  expect(() => process.kill(running, 0)).toThrow("ESRCH");
});

test("a module that cannot be loaded is why the launch fails, told at its stage", async () => {
  const folder = await componentProject({
    "components/bad.ts": "export enum E { a }\n",
    "p.pipeline.json": pipelineOf({ id: "a", component_type: "bad" }),
  });
  const client = await startAdapter();
  const outputs: string[] = [];
  client.on("output", ({ body }: DebugProtocol.OutputEvent) => outputs.push(body.output));
  await client.initializeRequest();
  await expect(
    client.launch({ type: "flowmason", pipeline: join(folder, "p.pipeline.json") }),
  ).rejects.toThrow(/no component "bad"/);
  expect(outputs.join("")).toContain("components/bad.ts: ");
});
