import { expect, test } from "vitest";
import type { JsonObject } from "#core/ports";
import { bodyOf, deadAddress, startServer } from "../../support/loopback-server.ts";
import { failureOf, runComponent } from "../../support/run-component.ts";

const error = { error_type: "TIMEOUT", error_message: "Too slow." };

test("whoever is named is told what failed, where, and how bad it is", async () => {
  const hook = await startHook();
  const { output } = await runComponent("error_router", {
    ...error,
    stage_id: "fetch",
    pipeline_id: "orders",
    run_id: "r9",
    severity: "CRITICAL",
    destinations: [webhook(hook.address)],
  });
  expect(output).toEqual({
    notifications_sent: 1,
    failed_notifications: 0,
    results: [expect.objectContaining({ destination_id: "w", status: "delivered" })],
  });
  const about = {
    error_type: "TIMEOUT",
    severity: "critical",
    stage_id: "fetch",
    pipeline_id: "orders",
    run_id: "r9",
  };
  expect(hook.bodies).toEqual([
    {
      data: { ...about, error_message: "Too slow." },
      is_error: true,
      error_message: "Too slow.",
      metadata: about,
      timestamp: "2026-01-02T03:04:05.000Z",
    },
  ]);
});

test("what is not given is this run, severity error, and no trace", async () => {
  const hook = await startHook();
  await runComponent("error_router", { ...error, destinations: [webhook(hook.address)] });
  expect(hook.bodies[0]).toMatchObject({
    data: { severity: "error", run_id: "run-1", stage_id: null, pipeline_id: null },
  });
  expect(hook.bodies[0]).not.toHaveProperty("data.stack_trace");
});

test("the way to the stage is sent when that is asked for", async () => {
  const hook = await startHook();
  await runComponent("error_router", {
    ...error,
    include_stack_trace: true,
    destinations: [webhook(hook.address)],
  });
  expect(hook.bodies[0]).toMatchObject({ data: { stack_trace: ["stage"] } });
});

test.each([
  [{}, 1],
  [{ on_error: false }, 0],
  [{ enabled: false }, 0],
  [{ error_types: ["TIMEOUT", "SECURITY"] }, 1],
  [{ error_types: ["SECURITY"] }, 0],
])("a destination with %j is told %i times", async (settings, times) => {
  const hook = await startHook();
  const { output } = await runComponent("error_router", {
    ...error,
    destinations: [{ ...webhook(hook.address), ...settings }],
  });
  expect(output).toMatchObject({ notifications_sent: times, failed_notifications: 0 });
  expect(hook.bodies).toHaveLength(times);
});

test("a notification that cannot be sent is counted and said, and fails nothing", async () => {
  const { output, events } = await runComponent("error_router", {
    ...error,
    destinations: [
      webhook(await deadAddress()),
      { id: "m", type: "email", name: "Mail", config: { to: ["a@b.test"] } },
    ],
  });
  expect(output).toMatchObject({ notifications_sent: 0, failed_notifications: 2 });
  expect(events.map((event) => (event.kind === "log" ? event.message : event.kind))).toEqual([
    expect.stringMatching(/^Delivery to "Hook" failed: .*cannot be reached/),
    expect.stringMatching(/^Delivery to "Mail" failed: .*"email"/),
  ]);
});

test.each(["error_type", "error_message", "destinations"])("%s is required", async (field) => {
  const { [field]: _left, ...rest }: JsonObject = { ...error, destinations: [] };
  expect(await failureOf("error_router", rest)).toMatchObject({ type: "VALIDATION", field });
});

function webhook(url: string): JsonObject {
  return { id: "w", type: "webhook", name: "Hook", config: { url, retry_count: 0 } };
}

async function startHook() {
  const bodies: unknown[] = [];
  const address = await startServer(async (request, response) => {
    bodies.push(JSON.parse(await bodyOf(request)));
    response.end();
  });
  return { address, bodies };
}
