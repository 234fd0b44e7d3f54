import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario("DB-01 a breakpoint outlives the window and still stops the run", async (world) => {
  const { workbench, canvas, debugView } = world;
  await workbench.openFile(sample);
  await canvas.ready();
  await canvas.toggleBreakpoint("summary");
  await canvas.breakpoint("summary").waitFor();
  await workbench.reload();
  await canvas.ready();
  await canvas.breakpoint("summary").waitFor();
  await canvas.select("report");
  await debugView.start();
  await canvas.stageWithStatus("summary", "stopped").waitFor();
});

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

scenario("CE-15 the canvas loads nothing from a network and breaks no rule of its policy", async (world) => {
  const { page, workbench, canvas } = world;
  const strangers = new Set<string>();
  const refusals: string[] = [];
  const own = new URL(page.url()).host;
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    // VS Code answers for its resource host itself, in a service worker: nothing of it leaves the machine.
    if (protocol.startsWith("http") && host !== own && !host.endsWith(".vscode-cdn.net")) strangers.add(host);
  });
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) refusals.push(message.text());
  });
  await workbench.openFile(sample);
  await canvas.ready();
  await canvas.select("report");
  await page.keyboard.press("Control+F");
  await canvas.frame.getByRole("combobox").or(canvas.frame.getByRole("searchbox")).first().waitFor();
  expect([...strangers]).toEqual([]);
  expect(refusals).toEqual([]);
});
