import { expect, test } from "vitest";
import { connectToSession } from "./live/wire-client.ts";

test("initialized follows the initialize that was taken, and none that was refused", async () => {
  const client = connectToSession();
  const events: string[] = [];
  client.onEvent(({ event }) => events.push(event));
  const refused = await client.ask("initialize", { adapterID: "flowmason", pathFormat: "uri" });
  expect(refused.success).toBe(false);
  // What was sent after the refusal has come once the next answer is there.
  await client.get("threads");
  expect(events).toEqual([]);
  await client.get("initialize", { adapterID: "flowmason" });
  await client.get("threads");
  expect(events).toEqual(["initialized"]);
  client.close();
});
