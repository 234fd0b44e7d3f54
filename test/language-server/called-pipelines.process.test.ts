import { writeFile } from "node:fs/promises";
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
