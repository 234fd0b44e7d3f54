import { scenario } from "../harness/scenario.ts";

scenario(
  "LS-02 a name that does not exist is a problem while typing, and a stage that uses what is deleted carries a sign, until it is mended",
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

    await workbench.command("FlowMason: Open as Pipeline");
    await canvas.ready();
    await canvas.delete("statistics");
    await canvas.problem("report").waitFor();
    await problems.row("statistics").first().waitFor();
    await canvas.select("report");
    await workbench.undo();
    await canvas.stage("statistics").waitFor();
    await canvas.problem("report").waitFor({ state: "detached" });
    await problems.row("statistics").first().waitFor({ state: "detached" });
  },
);
