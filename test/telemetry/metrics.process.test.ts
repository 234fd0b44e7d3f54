import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readExposition } from "../support/exposition.ts";
import { fm, startFm } from "../support/fm.ts";
import { tracedProject } from "./traced-project.ts";

const PIPELINE = "traced.pipeline.json";

test("a run writes how it went for Prometheus, when it failed, and the whole of it when it went on", async () => {
  const cwd = await tracedProject();
  mkdirSync(join(cwd, "metrics"));
  const file = join("metrics", "fm.prom");
  const failed = await fm(["run", PIPELINE, "--metrics", file], { cwd });
  expect(failed.code).toBe(1);
  const read = (): Readonly<Record<string, number>> =>
    Object.fromEntries(
      readExposition(readFileSync(join(cwd, file), "utf8")).map(({ name, labels, value }) => {
        const { pipeline, ...rest } = labels;
        expect(pipeline).toBe("traced");
        return [[name, ...Object.values(rest)].join(" "), value];
      }),
    );
  const before = read();
  expect(before).toMatchObject({
    "flowmason_run_status succeeded": 0,
    "flowmason_run_status failed": 1,
    "flowmason_run_stages succeeded": 8,
    "flowmason_run_stages failed": 2,
    "flowmason_run_stages skipped": 1,
    flowmason_run_attempts: 11,
    "flowmason_run_model_calls local test-model-7": 1,
    "flowmason_run_model_tokens local test-model-7 input": 20,
    "flowmason_run_model_tokens local test-model-7 output": 5,
    "flowmason_run_model_cost_usd local test-model-7": 0.00003,
  });
  const { flowmason_run_duration_seconds: took = 0 } = before;
  expect(took).toBeGreaterThan(0);
  expect(took).toBeLessThan(600);
  writeFileSync(join(cwd, "ok"), "");
  expect((await fm(["resume", "latest", "--metrics", file], { cwd })).code).toBe(0);
  expect(read()).toMatchObject({
    "flowmason_run_status succeeded": 1,
    "flowmason_run_stages succeeded": 9,
    "flowmason_run_model_calls local test-model-7": 1,
  });
  // Nothing is left of the file that took its place.
  expect(readdirSync(join(cwd, "metrics"))).toEqual(["fm.prom"]);
});

test("a run that is cancelled writes its metrics too", async () => {
  const cwd = await tracedProject();
  const stages = [{ id: "wait", component_type: "command", config: { command: "sleep 60" } }];
  writeFileSync(join(cwd, "p.json"), JSON.stringify({ name: "p", stages }));
  const { process: child, ended } = startFm(["run", "p.json", "-v", "--metrics", "fm.prom"], { cwd });
  await new Promise<void>((resolve) => {
    child.stderr.on("data", (text: string) => {
      if (text.includes("▶ wait")) resolve();
    });
  });
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
  const series = readExposition(readFileSync(join(cwd, "fm.prom"), "utf8"));
  expect(series).toContainEqual({
    name: "flowmason_run_status",
    labels: { pipeline: "p", status: "cancelled" },
    value: 1,
  });
});

test.each([
  ["gone/fm.prom", /there is no folder .*gone/],
  [".", /is a folder/],
])("--metrics %s is refused before anything has run", async (file, message) => {
  const cwd = await tracedProject();
  const { code, stderr } = await fm(["run", PIPELINE, "-v", "--metrics", file], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  expect(stderr).not.toContain("▶");
});
