import { execFileSync } from "node:child_process";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "DM-04 a pipeline is compared with HEAD from the palette: keys go through its changes, which lead to the JSON",
  async ({ page, folder, workbench, canvas, textEditor, comparison }) => {
    const git = (...args: readonly string[]): void => {
      const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
      execFileSync("git", [...author, ...args], { cwd: folder.path, stdio: "ignore" });
    };
    git("init");
    git("add", ".");
    git("commit", "-m", "before");
    const file = `pipelines/${sample}`;
    const pipeline = JSON.parse(folder.read(file));
    const [first] = pipeline.stages;
    pipeline.stages.push({
      id: "notify",
      component_type: "logger",
      depends_on: ["report"],
      config: { message: "done" },
    });
    first.description = "Where it begins.";
    folder.write(file, `${JSON.stringify(pipeline, null, 2)}\n`);
    await workbench.openFile(sample);
    await canvas.stage("notify").waitFor();

    await workbench.command("FlowMason: Compare with HEAD");
    await comparison.counts("2 changes");
    await comparison.change("description added").click();
    await comparison.counts("Change 1 of 2");
    await page.keyboard.press("F7");
    await comparison.counts("Change 2 of 2");
    await comparison
      .stage("notify")
      .and(page.locator("[data-selected='true'][data-change='added']"))
      .waitFor();
    await keep("union");
    await page.keyboard.press("Shift+F7");
    await comparison.counts("Change 1 of 2");
    await comparison.button("Show description in the Text After").click();
    await textEditor.line('"description": "Where it begins."').waitFor();
    await keep("text");

    // It is compared again once the window is loaded anew.
    await workbench.reload();
    await comparison.counts("2 changes");

    async function keep(name: string): Promise<void> {
      const shots = process.env["FLOWMASON_SCREENSHOTS"];
      if (shots !== undefined) await page.screenshot({ path: `${shots}/comparison-e2e-${name}.png` });
    }
  },
  { window: "own" },
);
