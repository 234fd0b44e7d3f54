import { expect, test } from "vitest";
import { otlpTarget } from "#host";

test.each([
  [{}, 10_000, 5000],
  [{ OTEL_BSP_SCHEDULE_DELAY: "7", OTEL_EXPORTER_OTLP_TIMEOUT: "8" }, 8, 7],
  [{ OTEL_EXPORTER_OTLP_TIMEOUT: "8", OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "9" }, 9, 5000],
  [{ OTEL_BSP_SCHEDULE_DELAY: "soon" }, 10_000, 5000],
])("with %j a request has %i ms, and what has ended is sent after %i", (env, timeoutMs, delayMs) => {
  expect(otlpTarget({ option: "", env, manifest: undefined })).toMatchObject({
    kind: "on",
    target: { timeoutMs, delayMs },
  });
});
