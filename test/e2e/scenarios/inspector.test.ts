import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";
const path = `pipelines/${sample}`;

scenario(
  "CE-02 CE-04 LS-02 the inspector: a value changes its one line and is undone, problems and completion at a field, kept when its tab is hidden",
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

    await canvas.select("summary");
    const editor = canvas.field("config.prompt").and(canvas.frame.locator(".cm-content"));
    await editor.fill("About {{ upstream.complants.data }}");
    const field = canvas.frame.locator('.field[data-path="config.prompt"]');
    await field.locator(".field-problem", { hasText: "complants" }).waitFor();
    await editor.locator(".cm-lintRange-error", { hasText: "complants" }).waitFor();
    await editor.fill("");
    await editor.pressSequentially("About {{ upstream.comp");
    await canvas.frame.getByRole("option", { name: "complaints" }).click();
    await editor.pressSequentially(".data }}");
    await field.locator(".field-problem", { hasText: "complants" }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await workbench.save();
    expect(folder.read(path)).toContain('"prompt": "About {{ upstream.complaints.data }}"');
    expect(folder.read(path).split("\n")).toHaveLength(before.split("\n").length);

    await canvas.field("config.system_prompt").fill("Be brief.");
    await workbench.openFile("README.md");
    await workbench.tab(sample).click();
    await canvas.ready();
    await canvas.field("config.system_prompt").filter({ hasText: "Be brief." }).waitFor();
    await workbench.dirty();
  },
);
