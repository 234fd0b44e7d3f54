import { expect, test } from "vitest";
import { createNodePorts } from "#host";

const { clock } = createNodePorts({ workspaceRoot: "/", env: {}, providers: {} });

test("a sleep ends when its signal aborts, also one that aborted before", async () => {
  const abort = new AbortController();
  const sleeping = clock.sleep(1e15, abort.signal);
  const first = await Promise.race([
    sleeping.then(() => "slept"),
    clock.sleep(1, abort.signal).then(() => "short"),
  ]);
  expect(first).toBe("short");
  abort.abort();
  await sleeping;
  await clock.sleep(1e15, abort.signal);
});

test("monotonic time does not go back", async () => {
  const before = clock.monotonic();
  await clock.sleep(1, new AbortController().signal);
  expect(clock.monotonic()).toBeGreaterThan(before);
});
