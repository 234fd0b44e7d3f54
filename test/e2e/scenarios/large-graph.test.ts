import { expect } from "vitest";
import { largePipeline } from "../../support/large-pipeline.ts";
import { scenario } from "../harness/scenario.ts";

const file = "large.pipeline.json";

scenario(
  "CE-10 a worker lays out 1,500 stages under VS Code's policy; the last of them is found and shown, on the map too",
  async ({ workbench, canvas, page }) => {
    await workbench.openFile(file);
    await canvas.ready();
    const names = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name)));
    expect(names.filter((name) => name === "layout")).toHaveLength(1);
    const frame = canvas.frame.locator(".minimap-frame");
    const before = await frame.getAttribute("style");
    await workbench.command("FlowMason: Search Stage");
    const search = canvas.frame.getByRole("combobox", { name: "Search stage" });
    await search.fill("s1499");
    await search.press("Enter");
    await canvas.stage("s1499").waitFor();
    expect(await frame.getAttribute("style")).not.toBe(before);
  },
  { workspace: { [file]: largePipeline(1_500) } },
);
