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
