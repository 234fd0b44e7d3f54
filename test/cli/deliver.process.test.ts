import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";
import { bodyOf, startServer } from "../support/loopback-server.ts";

test("output_router delivers to a webhook and to a file of the workspace", async () => {
  const bodies: unknown[] = [];
  const address = await startServer(async (request, response) => {
    bodies.push(JSON.parse(await bodyOf(request)));
    response.end();
  });
  const cwd = await project({}, [
    webhook(address),
    { id: "f", type: "file", name: "File", config: { path: "out/{{ input.day }}.json" } },
  ]);
  const result = await fm(["run", "send.pipeline.json", "--input", '{"day": "monday"}'], { cwd });
  expect(result).toMatchObject({ code: 0 });
  expect(JSON.parse(result.stdout)).toMatchObject({ successful_deliveries: 2, all_succeeded: true });
  expect(bodies).toEqual([expect.objectContaining({ data: { day: "monday" }, is_error: false })]);
  expect(JSON.parse(await readFile(join(cwd, "out/monday.json"), "utf8"))).toMatchObject({
    data: { day: "monday" },
  });
});

test("a destination that does not exist yet keeps the run from starting", async () => {
  let calls = 0;
  const address = await startServer((_, response) => {
    calls += 1;
    response.end();
  });
  const cwd = await project({}, [webhook(address), { id: "m", type: "email", name: "Mail", config: {} }]);
  expect(await fm(["run", "send.pipeline.json", "--input", '{"day": "x"}'], { cwd })).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining('delivers nothing to the type "email"'),
  });
  expect(calls).toBe(0);
});

test("a webhook to a host that the project does not allow is a failed delivery that names host and key", async () => {
  const address = await startServer((_, response) => response.end());
  const cwd = await project({ http: { allow: ["api.example.com"] } }, [webhook(address)]);
  const result = await fm(["run", "send.pipeline.json", "--input", '{"day": "x"}'], { cwd });
  expect(JSON.parse(result.stdout)).toMatchObject({
    failed_deliveries: 1,
    results: [{ error: expect.stringMatching(/^127\.0\.0\.1:\d+ may not be called: "http\.allow"/) }],
  });
  expect(result.stderr).toContain('Delivery to "Hook" failed');
});

test("a delivery to what the next run would execute is refused, and says where to write", async () => {
  const cwd = await project({ components: { include: ["parts/*.mjs"] } }, [
    { id: "f", type: "file", name: "File", config: { path: "{{ input.day }}" } },
  ]);
  const before = await readFile(join(cwd, "send.pipeline.json"), "utf8");
  for (const day of ["send.pipeline.json", "parts/note.txt", "flowmason.json"]) {
    const result = await fm(["run", "send.pipeline.json", "--input", JSON.stringify({ day })], { cwd });
    expect(JSON.parse(result.stdout)).toMatchObject({
      results: [{ error: expect.stringMatching(/is not a pipeline's to write: .*Write results as data/) }],
    });
  }
  expect(await readFile(join(cwd, "send.pipeline.json"), "utf8")).toBe(before);
});

test("output_config delivers a result to a webhook and a file, and a failure to whom it is meant for", async () => {
  const bodies: unknown[] = [];
  const address = await startServer(async (request, response) => {
    bodies.push(JSON.parse(await bodyOf(request)));
    response.end();
  });
  const cwd = await temporaryFolder();
  const pipeline = {
    name: "report",
    version: "2.0.0",
    input_schema: { type: "object", properties: { parts: { type: "integer" } } },
    output_config: {
      destinations: [
        { ...webhook(address), on_error: true, error_types: ["EXPRESSION"] },
        {
          id: "f",
          type: "file",
          config: { path: "out/{{ input.parts }}.txt" },
          payload_template: "{{ data }} by {{ metadata.pipeline_name }}",
        },
      ],
    },
    stages: [
      { id: "divide", component_type: "json_transform", config: { template: "{{ 12 / input.parts }}" } },
    ],
  };
  await writeFile(join(cwd, "report.pipeline.json"), JSON.stringify(pipeline));
  const good = await fm(["run", "report.pipeline.json", "--input", '{"parts": 4}', "-v"], { cwd });
  expect(good).toMatchObject({ code: 0, stdout: "3\n" });
  expect(good.stderr).toMatch(/▶ \$output_config .*output_router/);
  expect(await readFile(join(cwd, "out/4.txt"), "utf8")).toBe("3 by report");
  expect(bodies).toEqual([
    {
      data: 3,
      is_error: false,
      error_message: null,
      metadata: expect.objectContaining({ pipeline_name: "report", pipeline_version: "2.0.0" }),
      timestamp: expect.any(String),
    },
  ]);
  const bad = await fm(["run", "report.pipeline.json", "--input", '{"parts": 0}'], { cwd });
  expect(bad.code).toBe(1);
  expect(bodies[1]).toMatchObject({
    data: null,
    is_error: true,
    error_message: expect.stringContaining("zero"),
    metadata: { error_type: "EXPRESSION", stage_id: "divide" },
  });
});

test("a delivery of output_config that fails is said, and fails the run where it is to", async () => {
  const cwd = await temporaryFolder();
  const destination = { id: "f", type: "file", name: "Copy", config: { path: "../outside.txt" } };
  const write = (more: object): Promise<void> =>
    writeFile(
      join(cwd, "p.pipeline.json"),
      JSON.stringify({
        name: "p",
        output_config: { destinations: [destination], ...more },
        stages: [{ id: "a", component_type: "json_transform", config: { template: "done" } }],
      }),
    );
  await write({});
  const said = await fm(["run", "p.pipeline.json"], { cwd });
  expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining("done") });
  expect(said.stderr).toContain('warning: Delivery to "Copy" failed');
  await write({ fail_on_error: true });
  const failed = await fm(["run", "p.pipeline.json"], { cwd });
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(
    "The run gave its output, and it was not delivered. 1 of 1 deliveries failed.",
  );
});

function webhook(url: string): object {
  return { id: "w", type: "webhook", name: "Hook", config: { url } };
}

async function project(manifest: object, destinations: readonly object[]): Promise<string> {
  const cwd = await temporaryFolder();
  const stage = {
    id: "send",
    component_type: "output_router",
    config: { data: { day: "{{ input.day }}" }, destinations },
  };
  await writeFile(join(cwd, "flowmason.json"), JSON.stringify({ name: "p", version: "1.0.0", ...manifest }));
  await writeFile(join(cwd, "send.pipeline.json"), JSON.stringify({ name: "send", stages: [stage] }));
  return cwd;
}
