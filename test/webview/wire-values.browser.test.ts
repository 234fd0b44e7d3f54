import { expect, test } from "vitest";
import type { CanvasRun } from "#protocol";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();
const text = pipelineText([
  { id: "fetch" },
  { id: "draft", depends_on: ["fetch"] },
  { id: "check", depends_on: ["draft"] },
]);

const value = `{title: "A title that is longer than any wire", items: (3) [1, 2, 3]}`;
const atCheck: CanvasRun = {
  session: "1",
  phase: "stopped",
  stages: [{ stage: "fetch", status: "succeeded" }],
  stoppedAt: "draft",
  values: [{ stage: "fetch", expression: "upstream.fetch", text: value, brief: "{2 keys}" }],
};

test("DB-21 at a stop a wire has the value that flows on it, cut, with all of it under the pointer and for the keyboard; one of a stage that has not finished has none", async () => {
  const canvas = await harness.open({ text });
  const labels = canvas.page.locator(".wire-value");
  await canvas.stage("check").waitFor();
  expect(await labels.count()).toBe(0);
  await canvas.page.evaluate((run) => window.host.run(run), atCheck);
  await labels.first().waitFor();
  expect(await labels.locator("text").allTextContents()).toEqual(["2 keys"]);
  expect(await labels.locator("title").allTextContents()).toEqual([value]);
  // A level line has no height, and counts as hidden.
  const named = (name: string) =>
    canvas.page.getByRole("img", { name, exact: true }).waitFor({ state: "attached" });
  await named(`From fetch to draft: ${value}`);
  await named("From draft to check");

  // The keyboard goes through the connections of a stage.
  await canvas.stage("fetch").focus();
  await canvas.page.keyboard.press("w");
  await canvas.page.getByText(`its value is ${value}`).waitFor();
  await canvas.page.locator(".react-flow__edge.selected .wire-value").waitFor();
  expect(await labels.count()).toBe(1);

  // The reader takes one part of it.
  const reads = [{ to: "draft", path: "items[0]", text: "0.87" }];
  await canvas.page.evaluate((run) => window.host.run(run), {
    ...atCheck,
    values: [{ stage: "fetch", expression: "upstream.fetch", text: value, reads }],
  });
  await labels.locator("text", { hasText: /^0\.87$/ }).waitFor();
  expect(await labels.locator("title").allTextContents()).toEqual([`items[0] = 0.87, of ${value}`]);

  // The cursor goes back in time, and the run goes on.
  const past = { ...atCheck, stages: [], past: { event: 2, last: 9 }, stoppedAt: "fetch" };
  await canvas.page.evaluate((run) => window.host.run(run), { ...past, values: [] });
  await labels.first().waitFor({ state: "detached" });
  await canvas.page.evaluate((run) => window.host.run(run), atCheck);
  await labels.first().waitFor();
  await canvas.page.evaluate((run) => window.host.run(run), {
    session: "1",
    phase: "finished",
    stages: [],
    stoppedAt: null,
  } as const);
  await labels.first().waitFor({ state: "detached" });
});
