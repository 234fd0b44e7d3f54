import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CalledPipelineAnswer, calledPipelineRequest } from "#protocol";
import { temporaryFolder } from "../support/fm.ts";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
});

const call = (id: string, config: object) => ({ id, component_type: "subpipeline", config });

test("CE-09 flowmason/calledPipeline finds a pipeline by path, name and range, and says why there is none", async () => {
  const folder = await temporaryFolder();
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  const part = { name: "part one", version: "1.2.0", stages: [{ id: "a", component_type: "logger" }] };
  const flow = JSON.stringify({
    name: "flow",
    stages: [
      call("path", { pipeline_id: "part.pipeline.json" }),
      { ...call("name", { pipeline_id: "part one@^1.0.0" }), enabled: false },
      call("version", { pipeline_id: "part one", pipeline_version: "^2.0.0" }),
      call("missing", { pipeline_id: "part onw" }),
      call("later", { pipeline_id: "{{ input.which }}" }),
      { id: "none", component_type: "logger", config: { message: "m" } },
    ],
  });
  await writeFile(join(folder, "flowmason.json"), "{}");
  await writeFile(join(folder, "part.pipeline.json"), JSON.stringify(part));
  client.open(uri("flow.pipeline.json"), flow);
  const answer = async (stage: string): Promise<CalledPipelineAnswer> =>
    calledPipelineRequest.result.parse(
      await client.connection.sendRequest(calledPipelineRequest.name, {
        uri: uri("flow.pipeline.json"),
        stage,
      }),
    );
  const none = (message: string) => ({ found: false, message: expect.stringContaining(message) });
  expect(await answer("path")).toEqual({ found: true, uri: uri("part.pipeline.json") });
  expect(await answer("name")).toEqual({ found: true, uri: uri("part.pipeline.json") });
  expect(await answer("version")).toEqual(none("is in the range ^2.0.0"));
  expect(await answer("missing")).toEqual(none('Did you mean "part one"?'));
  expect(await answer("later")).toEqual(none("is not known before it runs"));
  expect(await answer("none")).toEqual(none('"none" calls no other pipeline'));
  expect(await answer("gone")).toEqual(none('There is no stage "gone"'));
});

test("CE-09 a file that the editor has just created, renamed or deleted is known at once, with nobody who watches the disk", async () => {
  expect(client.introduction.capabilities.workspace?.fileOperations).toEqual({
    didCreate: { filters: expect.any(Array) },
    didRename: { filters: expect.any(Array) },
    didDelete: { filters: expect.any(Array) },
  });
  const folder = await temporaryFolder();
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  const flow = { name: "flow", stages: [call("part", { pipeline_id: "part.pipeline.json" })] };
  await writeFile(join(folder, "flowmason.json"), "{}");
  client.open(uri("flow.pipeline.json"), JSON.stringify(flow));
  const isFound = async (): Promise<boolean> => {
    const params = { uri: uri("flow.pipeline.json"), stage: "part" };
    return calledPipelineRequest.result.parse(
      await client.connection.sendRequest(calledPipelineRequest.name, params),
    ).found;
  };
  const [part, other] = [join(folder, "part.pipeline.json"), join(folder, "other.pipeline.json")];
  expect(await isFound()).toBe(false);

  await writeFile(part, JSON.stringify({ name: "part", stages: [] }));
  client.notify("workspace/didCreateFiles", { files: [{ uri: uri("part.pipeline.json") }] });
  expect(await isFound()).toBe(true);

  const [oldUri, newUri] = [uri("part.pipeline.json"), uri("other.pipeline.json")];
  await rename(part, other);
  client.notify("workspace/didRenameFiles", { files: [{ oldUri, newUri }] });
  expect(await isFound()).toBe(false);

  await rename(other, part);
  client.notify("workspace/didRenameFiles", { files: [{ oldUri: newUri, newUri: oldUri }] });
  expect(await isFound()).toBe(true);

  await rm(part);
  client.notify("workspace/didDeleteFiles", { files: [{ uri: oldUri }] });
  expect(await isFound()).toBe(false);
});
