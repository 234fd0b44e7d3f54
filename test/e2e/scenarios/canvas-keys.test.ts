import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";
const path = `pipelines/${sample}`;

scenario(
  "CE-07 a connection taken elsewhere, and a stage written earlier, by key alone, are one undo step each, to the byte",
  async ({ workbench, canvas, folder, page }) => {
    const before = folder.read(path);
    const stages = (): readonly { id: string; depends_on?: unknown }[] =>
      JSON.parse(folder.read(path)).stages;
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.select("summary");
    await page.keyboard.press("w");
    await canvas.frame.locator(".react-flow__edge.selected").waitFor();
    await page.keyboard.press("Shift+R");
    const picker = canvas.frame.getByRole("combobox", { name: /^Stage for Summarise what is wrong/ });

    // CE-12: in the list too what cannot be says why.
    await picker.fill("put the report");
    await picker.press("Enter");
    await canvas.frame.getByRole("alert").getByText("this would close a circle").waitFor();
    await picker.fill("count");
    await picker.press("Enter");
    await canvas.frame
      .getByRole("status")
      .getByText(/^The connection goes from/)
      .waitFor();

    // The keys have moved what is in view.
    await workbench.command("FlowMason: Fit Canvas to View");
    await canvas.select("report");
    await page.keyboard.press("Alt+PageUp");
    await canvas.frame
      .getByRole("status")
      .getByText(/^Wrote/)
      .waitFor();
    await workbench.save();
    expect(stages().find(({ id }) => id === "summary")?.depends_on).toEqual(["statistics"]);
    expect(stages().at(-2)?.id).toBe("report");

    await workbench.undo();
    await workbench.save();
    expect(stages().at(-1)?.id).toBe("report");
    await workbench.undo();
    await workbench.save();
    expect(folder.read(path)).toBe(before);

    await canvas.select("summary");
    await page.keyboard.press("?");
    await canvas.frame.getByRole("dialog", { name: "Keys of the graph" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => canvas.frame.locator('[data-stage="summary"]:focus').count()).toBe(1);
  },
);
