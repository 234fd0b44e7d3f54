import { join } from "node:path";
import { expect, test } from "vitest";
import { fm } from "../support/fm.ts";

const cwd = join(import.meta.dirname, "..", "..", "samples");

test("the samples have no problems", async () => {
  expect(await fm(["validate", "pipelines"], { cwd })).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "4 files checked: 0 errors, 0 warnings.\n",
  });
});

test("summarize-feedback counts, averages and summarises", async () => {
  const { code, stdout } = await run("summarize-feedback", ["--sample"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    product: "the Lumen desk lamp",
    average_stars: 3,
    complaints: 3,
    summary: expect.stringMatching(/^\[offline: no language model was asked[^]*touch switch/),
  });
});

test("compare-thresholds calls summarize-feedback for each leg", async () => {
  const { code, stdout } = await run("compare-thresholds", ["--sample"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ happy_from: [2, 4, 5], complaints: [1, 2, 3] });
});

test("triage-tickets escalates what is urgent and drafts the rest", async () => {
  const { stdout, stderr } = await run("triage-tickets", ["--sample"]);
  expect(JSON.parse(stdout)).toMatchObject({
    escalated: ["T-101"],
    drafted: 2,
    tickets: [
      { ticket: "T-101", action: "escalated", reply: null },
      { ticket: "T-102", action: "reply drafted", reply: expect.stringContaining("chart") },
      { ticket: "T-103", action: "reply drafted" },
    ],
  });
  expect(stderr).toContain("warning: Ticket T-101 of Northwind is urgent: Dashboard is down");
});

test("triage-tickets takes its words from the input", async () => {
  const { stdout } = await run("triage-tickets", ["--input-file", "inputs/more-tickets.json"]);
  expect(JSON.parse(stdout)).toMatchObject({ escalated: ["T-201", "T-202"], drafted: 1 });
});

test("enrich-orders adds totals and keeps the large orders", async () => {
  const { stdout } = await run("enrich-orders", ["--sample"]);
  expect(JSON.parse(stdout)).toEqual({
    large_orders: [
      { number: "A-1001", customer: "Northwind", total: 106.8 },
      { number: "A-1003", customer: "Contoso", total: 249 },
    ],
    revenue: 355.8,
    left_out: 1,
  });
});

test("enrich-orders returns early when the orders are wrong", async () => {
  const { code, stdout } = await run("enrich-orders", ["--input-file", "inputs/broken-orders.json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    problems: [{ path: "[0].number" }, { path: "[0].lines[0].quantity" }, { path: "[1].lines" }],
  });
});

function run(name: string, input: readonly string[]) {
  return fm(["run", `pipelines/${name}.pipeline.json`, "--no-record", ...input], { cwd });
}
