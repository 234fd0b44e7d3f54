import { expect, test } from "vitest";
import { rowReport } from "../../scripts/stages/row-report.ts";
import type { TestOutcome } from "../../scripts/stages/stage.ts";

const outcome = (title: string, status: TestOutcome["status"] = "passed"): TestOutcome => ({
  title,
  status,
  durationMs: 1,
});

const features = `
| Row | What |
|---|---|
| CE-01 | Opening |
| CE-02 | Moving, see CE-09 |
| DB-01 | Breakpoints |
| DB-02 | Following |
`;

test("a row passes when all its tests do, and fails with one that failed or was skipped", () => {
  const outcomes = [
    outcome("CE-01 opening leaves the bytes"),
    outcome("CE-01 saving leaves the bytes"),
    outcome("CE-02 a move is one edit"),
    outcome("CE-02 a move is undone", "failed"),
    outcome("DB-01 stops", "skipped"),
  ];
  expect(rowReport(outcomes, "")).toBe(
    ["CE", "  pass: CE-01", "  fail: CE-02", "DB", "  fail: DB-01", "", "1 rows have passing tests."].join(
      "\n",
    ),
  );
});

test("titles without a row, and with something like one, count for none", () => {
  const outcomes = [outcome("opening CE-01"), outcome("CE-1 x"), outcome("CE-011 x"), outcome("ce-01 x")];
  expect(rowReport(outcomes, "")).toBe("\n0 rows have passing tests.");
});

test("rows of the list that have no test are named", () => {
  expect(rowReport([outcome("DB-01 stops")], features)).toBe(
    [
      "CE",
      "  no test: CE-01 CE-02",
      "DB",
      "  pass: DB-01",
      "  no test: DB-02",
      "",
      "1 rows have passing tests, of 4.",
    ].join("\n"),
  );
});
