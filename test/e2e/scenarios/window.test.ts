import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario("CE-04 an edit that is not saved outlives the window", async (world) => {
  const { workbench, canvas, folder } = world;
  const before = folder.read(`pipelines/${sample}`);
  await workbench.openFile(sample);
  await canvas.ready();
  await canvas.rename("report", "Write it down");
  await workbench.dirty();
  await workbench.reload();
  await canvas.stage("report").filter({ hasText: "Write it down" }).waitFor();
  await workbench.dirty();
  expect(folder.read(`pipelines/${sample}`)).toBe(before);
});
