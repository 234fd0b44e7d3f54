import { expect, test } from "vitest";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();

test("CE-09 menus and Alt+Enter ask to extract stages, to inline and to open a called pipeline", async () => {
  const text = pipelineText([
    { id: "fetch" },
    { id: "call", component_type: "subpipeline", config: { pipeline_id: "other" }, depends_on: ["fetch"] },
  ]);
  const canvas = await harness.open({ text });
  const choose = async (stage: string, name: string): Promise<void> => {
    await canvas.stage(stage).click({ button: "right" });
    await canvas.page.getByRole("menuitem", { name }).click();
  };
  const asked = async (): Promise<readonly string[]> =>
    (await canvas.log()).filter((line) => /^(extract|inline|open called)/.test(line));
  await canvas.stage("fetch").click({ button: "right" });
  await canvas.page.getByRole("menuitem", { name: "Extract to Sub-pipeline…" }).waitFor();
  expect(await canvas.page.getByRole("menuitem", { name: "Inline Sub-pipeline" }).count()).toBe(0);
  await canvas.page.keyboard.press("Escape");
  await choose("call", "Open Called Pipeline");
  await choose("call", "Inline Sub-pipeline");
  await canvas.stage("call").locator(".stage-icon").click();
  await canvas.page.keyboard.press("Alt+Enter");
  await canvas.stage("call").getByRole("button", { name: "Open Called Pipeline" }).dblclick();
  await canvas.page.keyboard.press("Control+A");
  await choose("call", "Extract to Sub-pipeline…");
  await expect
    .poll(asked)
    .toEqual([
      "open called call",
      "inline call",
      "open called call",
      "open called call",
      "open called call",
      "extract fetch call",
    ]);
});

test("CE-09 the way to a called pipeline stands above it, and leads back by click and key", async () => {
  const step = (name: string) => ({ uri: `file:///${name}.pipeline.json`, name, stage: "call" });
  const canvas = await harness.open({
    text: pipelineText([{ id: "fetch" }]),
    trail: [step("flow"), step("middle")],
  });
  const trail = canvas.page.getByRole("navigation", { name: "Opened from" });
  expect((await trail.innerText()).replaceAll(/\s+/g, " ")).toBe("flow middle test");
  await trail.getByRole("button", { name: "flow" }).click();
  await canvas.stage("fetch").locator(".stage-icon").click();
  await canvas.page.keyboard.press("Alt+Shift+Enter");
  const asked = async (): Promise<readonly string[]> =>
    (await canvas.log()).filter((line) => /^(back|open|reveal)/.test(line));
  await expect.poll(asked).toEqual(["back 0", "back 1"]);
  expect(await canvas.errors()).toEqual([]);
});
