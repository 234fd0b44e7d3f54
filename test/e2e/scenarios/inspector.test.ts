import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";
const path = `pipelines/${sample}`;

scenario(
  "CE-02 a value typed into the inspector changes its one line, and Ctrl+Z takes it back",
  async ({ workbench, canvas, folder, page }) => {
    const before = folder.read(path);
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.select("summary");
    const prompt = canvas.field("config.prompt");
    await prompt.fill("Summarise {{ input.product }}.");
    // At once: what is typed is in the file that is saved.
    await page.keyboard.press("Control+S");
    await expect.poll(() => folder.read(path)).not.toBe(before);
    const after = folder.read(path);
    const changed = after.split("\n").filter((line, index) => line !== before.split("\n")[index]);
    expect(changed).toEqual([expect.stringContaining('"prompt": "Summarise {{ input.product }}."')]);
    await canvas.select("summary");
    await workbench.undo();
    await workbench.save();
    expect(folder.read(path)).toBe(before);
  },
);

scenario(
  "LS-02 a name that does not exist is a problem at its field, and the language server completes the right one",
  async ({ workbench, canvas, folder, page }) => {
    const before = folder.read(path);
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.select("summary");
    const prompt = canvas.field("config.prompt").and(canvas.frame.locator(".cm-content"));
    await prompt.fill("About {{ upstream.complants.data }}");
    const field = canvas.frame.locator('.field[data-path="config.prompt"]');
    await field.locator(".field-problem", { hasText: "complants" }).waitFor();
    await prompt.locator(".cm-lintRange-error", { hasText: "complants" }).waitFor();
    await prompt.fill("");
    await prompt.pressSequentially("About {{ upstream.comp");
    await canvas.frame.getByRole("option", { name: "complaints" }).click();
    await prompt.pressSequentially(".data }}");
    await field.locator(".field-problem", { hasText: "complants" }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await workbench.save();
    expect(folder.read(path)).toContain('"prompt": "About {{ upstream.complaints.data }}"');
    expect(folder.read(path).split("\n")).toHaveLength(before.split("\n").length);
  },
);

scenario("CE-04 what is typed into the inspector is kept when its tab is hidden at once", async (world) => {
  const { workbench, canvas } = world;
  await workbench.openFile(sample);
  await canvas.ready();
  await canvas.select("summary");
  await canvas.field("config.system_prompt").fill("Be brief.");
  await workbench.openFile("README.md");
  await workbench.tab(sample).click();
  await canvas.ready();
  await canvas.field("config.system_prompt").filter({ hasText: "Be brief." }).waitFor();
  await workbench.dirty();
});
