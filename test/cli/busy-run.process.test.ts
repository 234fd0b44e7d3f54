import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, startFm, temporaryFolder } from "../support/fm.ts";

const items = 40_000;

/** A run of a loop whose stages wait for nothing, once it is well under way. */
async function busyRun() {
  const cwd = await temporaryFolder();
  const stages = [
    {
      id: "each",
      component_type: "foreach",
      config: { items: "{{ range(input.count) }}", loop_stages: ["double"] },
    },
    { id: "double", component_type: "json_transform", config: { template: { n: "{{ item * 2 }}" } } },
  ];
  await writeFile(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
  const run = startFm(["run", "p.pipeline.json", "--verbose", "--input", JSON.stringify({ count: items })], {
    cwd,
  });
  await new Promise<void>((resolve) => {
    let text = "";
    run.process.stderr.on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("✓ each[2000]/double")) resolve();
    });
  });
  return { cwd, ...run };
}

test("Ctrl+C ends a loop of stages that wait for nothing while it runs", async () => {
  const { cwd, process: child, ended } = await busyRun();
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
  const { runs } = JSON.parse((await fm(["runs", "--json"], { cwd })).stdout);
  expect(runs).toMatchObject([{ status: "cancelled" }]);
  expect(runs[0].stages.succeeded).toBeLessThan(items);
});

test("what such a loop has done is in the record of a run that is killed", async () => {
  const { cwd, process: child, ended } = await busyRun();
  child.kill("SIGKILL");
  await ended;
  const { runs } = JSON.parse((await fm(["runs", "--json"], { cwd })).stdout);
  expect(runs).toMatchObject([{ status: "crashed" }]);
  expect(runs[0].stages.succeeded).toBeGreaterThan(100);
});
