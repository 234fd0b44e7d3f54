import { expect, test } from "vitest";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();

const base = pipelineText([{ id: "read" }, { id: "tell", depends_on: ["read"] }]);
const child = pipelineText([{ id: "mine", depends_on: ["tell"] }], { extends: "base" });

test("CE-02 inherited stages are on the canvas with their origin, and what is changed there is an override", async () => {
  const canvas = await harness.open({ text: child, parent: base });
  const { page } = canvas;
  const read = canvas.stage("read");
  expect(await read.getAttribute("aria-label")).toContain("inherited from base.pipeline.json");
  expect(await canvas.stage("mine").getAttribute("data-inherited")).toBeNull();
  // Connected with what the file has itself, and with each other.
  for (const wire of ["read->tell", "tell->mine"].map((each) => each.split("->")))
    await canvas.clickWire(wire[0] ?? "", wire[1] ?? "");

  await read.click();
  const message = page.locator('.field[data-path="config.message"]');
  await message.locator(".field-origin", { hasText: "inherited" }).waitFor();
  await message.locator("[data-field]").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("changed");
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(async () => JSON.parse(await canvas.text()).overrides)
    .toEqual({ read: { config: { message: "changed" } } });
  await expect.poll(() => read.getAttribute("aria-label")).toContain("changed here");

  await message.getByRole("button", { name: "Revert to Parent" }).click();
  await expect.poll(() => canvas.text()).toBe(child);

  // Switched off here it is there still, to be switched on again.
  await read.locator(".stage-icon").click();
  await page.keyboard.press("e");
  await expect
    .poll(async () => JSON.parse(await canvas.text()).overrides)
    .toEqual({ read: { enabled: false } });
  expect(await read.getAttribute("data-enabled")).toBe("false");
  await read.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Revert to Parent" }).click();
  await expect.poll(() => canvas.text()).toBe(child);
  expect(await canvas.errors()).toEqual([]);
});

test("CE-02 what cannot be done to an inherited stage is refused with what to do, and its origin is a key away", async () => {
  const canvas = await harness.open({ text: child, parent: base });
  const { page } = canvas;
  await canvas.stage("read").locator(".stage-icon").click();
  await page.keyboard.press("Delete");
  const notice = page.locator(".notice");
  await notice.getByText("is inherited from base.pipeline.json and cannot be deleted here").waitFor();
  await page.keyboard.press("Shift+F2");
  await notice.getByText("cannot be given another id here").waitFor();
  await page.keyboard.press("Alt+PageDown");
  await notice.getByText("cannot be written elsewhere here").waitFor();
  await page.keyboard.press("F12");
  await expect.poll(() => canvas.log()).toContain("open origin read");
  expect(await canvas.text()).toBe(child);
});

test("CE-02 the canvas follows the parent while it is edited, and shows the file's own stages where it is missing", async () => {
  const canvas = await harness.open({ text: child, parent: base });
  await canvas.page.evaluate(
    (text) => window.host.inherit(text),
    pipelineText([
      { id: "read", name: "Read it" },
      { id: "tell", depends_on: ["read"] },
    ]),
  );
  await canvas.stage("read").getByText("Read it").waitFor();

  const alone = await harness.open({ text: child, parentProblem: 'There is no pipeline "base" to extend.' });
  await alone.stage("mine").waitFor();
  await alone.page.getByText('There is no pipeline "base" to extend.').waitFor();
  await alone.page.getByRole("button", { name: "Go to “extends”" }).click();
  await expect.poll(async () => (await alone.log()).some((line) => line.startsWith("go to "))).toBe(true);
});
