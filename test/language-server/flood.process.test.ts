import { afterAll, beforeAll, expect, test } from "vitest";
import { DiagnosticSeverity } from "vscode-languageserver/node";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.stderr()).toBe("");
});

const logger = (id: string, more: object = {}): object => ({
  id,
  component_type: "logger",
  config: { message: "x" },
  ...more,
});
const pipeline = (stages: readonly object[]): string => JSON.stringify({ name: "p", stages }, null, 1);

test("LS-01 edits that come faster than they are checked are checked together, and the last is told", async () => {
  const uri = "file:///flood/edits.pipeline.json";
  client.open(uri, pipeline([logger("a")]));
  await client.diagnostics(uri, 1);
  const at = { line: 1, character: 0 };
  for (let version = 2; version <= 3000; version++) {
    client.change(uri, version, [{ range: { start: at, end: at }, text: '"' }]);
  }
  const last = await client.diagnostics(uri, 3000);
  expect(last.map(({ code }) => code)).toContain("FM1001");
  const versions = client.published.filter((each) => each.uri === uri).map(({ version }) => version ?? 0);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(versions.length).toBeLessThan(300);
});

test("LS-01 of very many problems the errors come first, and the last says how many more there are", async () => {
  const uri = "file:///flood/many.pipeline.json";
  const hints = Array.from({ length: 1500 }, (_, index) => ({
    id: `unused${index}`,
    component_type: "generator",
    config: { prompt: "x" },
  }));
  const errors = Array.from({ length: 700 }, (_, index) =>
    logger(`wrong${index}`, { component_type: "loger" }),
  );
  const text = JSON.stringify({
    name: "p",
    output_stage_id: "out",
    stages: [...hints, ...errors, logger("out")],
  });
  client.open(uri, text);
  const told = await client.diagnostics(uri, 1);
  expect(told).toHaveLength(1000);
  expect(told.filter(({ code }) => code === "FM1101")).toHaveLength(700);
  const { message, severity, code } = told.at(-1) ?? {};
  expect(message).toMatch(
    /^\d+ more problems of this file are not shown here: .*`fm validate` lists them all\.$/,
  );
  expect(code).toBeUndefined();
  expect(severity).not.toBe(DiagnosticSeverity.Error);
});

test("LS-01 errors that are left out are counted by an error", async () => {
  const uri = "file:///flood/errors.pipeline.json";
  const stages = Array.from({ length: 1200 }, (_, index) => logger(`s${index}`, { component_type: "loger" }));
  client.open(uri, pipeline(stages));
  const told = await client.diagnostics(uri, 1);
  expect(told).toHaveLength(1000);
  expect(told.at(-1)).toMatchObject({
    severity: DiagnosticSeverity.Error,
    message: expect.stringMatching(/^201 more problems .*: 201 of severity error\./),
  });
});

test("LS-02 long names and long cycles do not make long messages", async () => {
  const uri = "file:///flood/cycle.pipeline.json";
  const id = (index: number): string => `${"n".repeat(5000)}${index}`;
  const cycle = Array.from({ length: 120 }, (_, index) =>
    logger(id(index), { depends_on: [id((index + 1) % 120)] }),
  );
  client.open(uri, pipeline(cycle));
  const told = await client.diagnostics(uri, 1);
  const found = told.find(({ code }) => code === "FM1213");
  expect(found?.relatedInformation).toHaveLength(50);
  expect(found?.relatedInformation?.at(-1)?.message).toMatch(/… \(and 70 more places\)$/);
  expect(JSON.stringify(told).length).toBeLessThan(1_000_000);
});
