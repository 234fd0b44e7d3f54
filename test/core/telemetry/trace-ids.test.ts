import { expect, test } from "vitest";
import { readTraceParent, traceIdOf } from "#core/telemetry";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";

test("a run has one trace, and another run another", () => {
  expect(traceIdOf("20261126-111046-7k3f9")).toMatch(/^[0-9a-f]{32}$/);
  expect(traceIdOf("20261126-111046-7k3f9")).toBe(traceIdOf("20261126-111046-7k3f9"));
  expect(traceIdOf("20261126-111046-7k3f9")).not.toBe(traceIdOf("20261126-111046-7k3fa"));
});

test.each([
  [`00-${traceId}-${spanId}-01`, "sampled"],
  [`00-${traceId}-${spanId}-03`, "sampled"],
  [`00-${traceId.toUpperCase()}-${spanId}-01 `, "sampled"],
  // A later version may have more at its end.
  [`cc-${traceId}-${spanId}-01-what-the-future-will-be-like`, "sampled"],
  [`00-${traceId}-${spanId}-00`, "unsampled"],
  [`00-${traceId}-${spanId}-01-more`, "unreadable"],
  [`ff-${traceId}-${spanId}-01`, "unreadable"],
  [`00-${"0".repeat(32)}-${spanId}-01`, "unreadable"],
  [`00-${traceId}-${"0".repeat(16)}-01`, "unreadable"],
  [`00-${traceId}-${spanId}`, "unreadable"],
  ["", "none"],
  [undefined, "none"],
])("the traceparent %s is %s", (text, kind) => {
  expect(readTraceParent(text, "vendor=1").kind).toBe(kind);
});
