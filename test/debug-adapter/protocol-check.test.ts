import { expect, test } from "vitest";
import { faultIn } from "./support/protocol-check.ts";

test("DB-23 a message is held to the protocol's own types: names, values, members that must be there", () => {
  const stopped = { seq: 1, type: "event", event: "stopped" };
  expect(
    faultIn({ ...stopped, body: { reason: "breakpoint", threadId: 1, hitBreakpointIds: [2] } }),
  ).toBeNull();
  expect(faultIn({ ...stopped, body: { threadId: 1 } })).toContain("must have required property 'reason'");
  expect(faultIn({ ...stopped, body: { reason: "entry", hitBreakpointIds: ["2"] } })).toContain(
    "must be number",
  );
  expect(faultIn({ ...stopped, event: "halted" })).toBe("The protocol has no HaltedEvent.");
  const initialized = { seq: 1, type: "response", command: "initialize", request_seq: 1, success: true };
  expect(faultIn({ ...initialized, body: { supportTerminateDebuggee: true } })).toBeNull();
  expect(faultIn({ ...initialized, body: { supportsTerminateDebuggee: true } })).toContain(
    "additional properties",
  );
});
