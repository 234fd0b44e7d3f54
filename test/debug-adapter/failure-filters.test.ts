import { expect, test } from "vitest";
import { exceptionBreakpointFilters } from "../../debug-adapter/breakpoints/failure-filters.ts";

test("DB-06 the list of breakpoints shows classes of errors by names, and clients send the classes", () => {
  const labels = exceptionBreakpointFilters.map(({ filter, label }) => [filter, label]);
  expect(labels).toContainEqual(["TIMEOUT", "Timeout"]);
  expect(labels).toContainEqual(["CONNECTIVITY", "Connectivity"]);
  for (const { label } of exceptionBreakpointFilters) expect(label).not.toBe(label.toUpperCase());
});
