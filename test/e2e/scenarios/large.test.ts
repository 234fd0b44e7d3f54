import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const fiveMegabytes = 5_000_000;

const pipeline = JSON.stringify(
  {
    id: "large",
    stages: [
      {
        id: "grow",
        component_type: "json_transform",
        config: { data: `{{ 'x' * ${fiveMegabytes} }}`, jmespath_expression: "@" },
      },
      {
        id: "measure",
        component_type: "json_transform",
        config: { data: "{{ upstream.grow.result | length }}", jmespath_expression: "@" },
        depends_on: ["grow"],
      },
    ],
  },
  null,
  2,
);

declare global {
  interface Window {
    /** Of each message that came to the page, in characters of its JSON. */
    received: number[];
  }
}

scenario(
  "RV-09 a run with an output of 5 MB sends the canvas small messages only",
  async ({ workbench, canvas, debugView }) => {
    await workbench.openFile("large.pipeline.json");
    await canvas.ready();
    await canvas.frame.locator("body").evaluate(() => {
      window.received = [];
      window.addEventListener("message", ({ data }) => window.received.push(JSON.stringify(data).length));
    });
    await canvas.toggleBreakpoint("measure");
    await canvas.breakpoint("measure").waitFor();
    await debugView.start();
    await canvas.stageWithStatus("measure", "stopped").waitFor({ timeout: 60_000 });
    await debugView.stoppedAt("measure");
    // What was not in the page before the run is there on demand, in part.
    await debugView.continue();
    await debugView.finished();
    await canvas.stageWithStatus("measure", "succeeded").waitFor();
    const received = await canvas.frame.locator("body").evaluate(() => window.received);
    expect(received.length).toBeGreaterThan(2);
    expect(Math.max(...received)).toBeLessThan(10_000);
    expect(received.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  },
  { workspace: { "large.pipeline.json": pipeline } },
);
