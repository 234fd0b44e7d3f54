import { expect, test } from "vitest";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();

test("CE-03 what is typed while the canvas reads the text for the first time is on it", async () => {
  const text = pipelineText([{ id: "first" }]);
  const canvas = await harness.open({ text, typedMeanwhile: pipelineText([{ id: "second" }]) });
  await canvas.stage("second").waitFor();
  expect(await canvas.stage("first").count()).toBe(0);
});
