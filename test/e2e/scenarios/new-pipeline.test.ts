import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

scenario(
  "New Pipeline… begins with a template beside the others, and takes no name that there is",
  async ({ workbench, canvas, page, folder }) => {
    await workbench.command("FlowMason: New Pipeline…");
    await workbench.pickRow("Branch").click();
    const input = page.locator(".quick-input-widget input[type='text']");
    await input.waitFor();
    await input.fill("enrich-orders");
    await page.locator(".quick-input-widget", { hasText: "There is a file of this name." }).waitFor();
    await workbench.answer("large-orders");
    await canvas.ready();
    await canvas.stage("is_large").waitFor();
    const text = folder.read("pipelines/large-orders.pipeline.json");
    expect(JSON.parse(text)).toMatchObject({ name: "large-orders", sample_input: { amount: 249 } });
    // The status bar tells of the pipeline in front.
    await page.locator(".statusbar-item", { hasText: "3 stages" }).waitFor();

    await workbench.command("FlowMason: Run Pipeline");
    await canvas.stageWithStatus("ask_a_person", "succeeded").waitFor();
    await page.locator(".statusbar-item .codicon-pass").waitFor();
  },
  { window: "own" },
);

scenario(
  "a workspace without a pipeline is offered a new one and nothing else of ours",
  async ({ workbench, canvas, page }) => {
    await page.keyboard.press("F1");
    const field = page.locator(".quick-input-widget input[type='text']");
    await field.waitFor();
    await field.fill(">FlowMason: ");
    const ours = page.locator(".quick-input-list .monaco-list-row", { hasText: "FlowMason: " });
    await ours.first().waitFor();
    expect(await ours.allInnerTexts()).toEqual([expect.stringContaining("New Pipeline…")]);
    await page.keyboard.press("Escape");
    expect(await page.locator(".statusbar-item", { hasText: "stage" }).count()).toBe(0);

    await workbench.command("FlowMason: New Pipeline…");
    await workbench.pickRow("Empty").click();
    await workbench.answer("first");
    await canvas.frame.getByRole("heading", { name: "No stages yet" }).waitFor({ timeout: 60_000 });
    await page.locator(".statusbar-item", { hasText: "0 stages" }).waitFor();
  },
  { workspace: { "readme.md": "Nothing here yet.\n" }, window: "own" },
);
