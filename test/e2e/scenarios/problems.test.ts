import { scenario } from "../harness/scenario.ts";

scenario(
  "LS-02 a name that does not exist is a problem while typing, and none when it is mended",
  async (world) => {
    const { workbench, canvas, textEditor, problems } = world;
    await workbench.openFile("summarize-feedback.pipeline.json");
    await canvas.ready();
    await workbench.command("FlowMason: Open as Text");
    await textEditor.replace("upstream.summary.content", "upstream.sumary.content");
    await problems.show();
    await problems.row("sumary").first().waitFor();
    await workbench.focusActiveTab();
    await textEditor.replace("upstream.sumary.content", "upstream.summary.content");
    await problems.row("sumary").first().waitFor({ state: "detached" });
  },
);
