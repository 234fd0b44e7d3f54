import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ChannelError, createChannel, defineEvent, defineRequest, PROTOCOL_VERSION } from "#protocol";
import { portPair, settled } from "./port-pair.ts";

const double = defineRequest("test/double", { params: z.number(), result: z.number() });
const note = defineEvent("test/note", z.object({ n: z.int() }));

function joined() {
  const [leftPort, rightPort] = portPair();
  const defects: { error: unknown; during: string }[] = [];
  const report = (error: unknown, during: string): void => void defects.push({ error, during });
  return {
    left: createChannel(leftPort, report),
    right: createChannel(rightPort, report),
    leftPort,
    rightPort,
    defects,
  };
}

async function failureOf(promise: Promise<unknown>): Promise<ChannelError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof ChannelError) return outcome;
  throw new Error(`expected a ChannelError, got ${String(outcome)}`);
}

describe("a channel", () => {
  test("answers requests both ways at once", async () => {
    const { left, right } = joined();
    left.onRequest(double, (n) => n * 2);
    right.onRequest(double, async (n) => await Promise.resolve(n * 2));
    expect(
      await Promise.all([left.request(double, 1), right.request(double, 5), left.request(double, 7)]),
    ).toEqual([2, 10, 14]);
  });

  test("gives what a handler throws to the one who asked", async () => {
    const { left, right, defects } = joined();
    right.onRequest(double, () => {
      throw new Error("the disk is full");
    });
    const error = await failureOf(left.request(double, 1));
    expect(error).toMatchObject({ code: "failed", message: "the disk is full" });
    expect(defects).toEqual([]);
  });

  test("refuses a request that nobody handles, by name", async () => {
    const { left } = joined();
    const error = await failureOf(left.request(double, 1));
    expect(error.code).toBe("unknown-message");
    expect(error.message).toContain("test/double");
  });

  test("refuses parameters of another shape before the handler sees them", async () => {
    const { left, right } = joined();
    const seen: unknown[] = [];
    right.onRequest(double, (n) => {
      seen.push(n);
      return n;
    });
    const loose = defineRequest("test/double", { params: z.unknown(), result: z.number() });
    expect((await failureOf(left.request(loose, "two"))).code).toBe("invalid-params");
    expect(seen).toEqual([]);
  });

  test("refuses a result of another shape", async () => {
    const { left, right } = joined();
    right.onRequest(defineRequest("test/double", { params: z.number(), result: z.unknown() }), () => "four");
    expect((await failureOf(left.request(double, 2))).code).toBe("invalid-result");
  });

  test("rejects what cannot be posted", async () => {
    const { left } = joined();
    const anything = defineRequest("test/anything", { params: z.unknown(), result: z.unknown() });
    expect((await failureOf(left.request(anything, () => 1))).code).toBe("failed");
  });

  test("refuses requests of another protocol version, and drops its events with a report", async () => {
    const { left, right, rightPort, leftPort, defects } = joined();
    const notes: unknown[] = [];
    right.onRequest(double, (n) => n * 2);
    right.onEvent(note, (params) => notes.push(params));
    rightPort.deliver({
      kind: "request",
      protocol: PROTOCOL_VERSION + 1,
      id: 0,
      name: double.name,
      params: 2,
    });
    rightPort.deliver({ kind: "event", protocol: PROTOCOL_VERSION + 1, name: note.name, params: { n: 1 } });
    await settled();
    expect(rightPort.posted).toEqual([
      {
        kind: "failure",
        id: 0,
        code: "protocol-version",
        message: expect.stringContaining("Reload the window"),
      },
    ]);
    expect(notes).toEqual([]);
    expect(defects).toHaveLength(1);
    expect(leftPort.posted).toEqual([]);
    left.dispose();
  });

  test("reports an event that nobody handles, one of another shape, and one whose handler throws", async () => {
    const { left, right, defects } = joined();
    left.emit(note, { n: 1 });
    await settled();
    right.onEvent(note, ({ n }) => {
      if (n === 3) throw new Error("no threes");
    });
    left.emit(note, { n: 1.5 });
    left.emit(note, { n: 3 });
    left.emit(note, { n: 4 });
    await settled();
    expect(defects.map(({ error }) => (error instanceof ChannelError ? error.code : String(error)))).toEqual([
      "unknown-message",
      "invalid-params",
      "Error: no threes",
    ]);
    expect(defects.map(({ during }) => during)).toEqual([note.name, note.name, note.name]);
  });

  test.each([[null], ["hello"], [{ kind: "reply" }], [{ kind: "surprise", id: 1 }], [[]]])(
    "reports %j, which is no message, and lives on",
    async (rubbish) => {
      const { left, right, rightPort, defects } = joined();
      right.onRequest(double, (n) => n * 2);
      rightPort.deliver(rubbish);
      expect(defects).toHaveLength(1);
      expect(await left.request(double, 4)).toBe(8);
    },
  );

  test("leaves an answer to no question alone", async () => {
    const { left, right, leftPort, defects } = joined();
    right.onRequest(double, (n) => n * 2);
    leftPort.deliver({ kind: "reply", id: 99, result: 1 });
    leftPort.deliver({ kind: "failure", id: 98, code: "failed", message: "?" });
    expect(await left.request(double, 4)).toBe(8);
    expect(defects).toEqual([]);
  });

  test("lets a sender take a request back, and tells the handler", async () => {
    const { left, right } = joined();
    const reasons: unknown[] = [];
    right.onRequest(
      double,
      (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            reasons.push(signal.reason);
            resolve(0);
          });
        }),
    );
    const controller = new AbortController();
    const pending = failureOf(left.request(double, 1, controller.signal));
    await settled();
    controller.abort();
    expect((await pending).code).toBe("cancelled");
    await settled();
    expect(reasons).toEqual([expect.objectContaining({ code: "cancelled" })]);
    expect((await failureOf(left.request(double, 1, controller.signal))).code).toBe("cancelled");
  });

  test("rejects what is pending when it closes, aborts what runs for the other side, and sends nothing more", async () => {
    const { left, right, rightPort } = joined();
    const signals: AbortSignal[] = [];
    let finish: ((n: number) => void) | undefined;
    right.onRequest(double, (_, signal) => {
      signals.push(signal);
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    left.onRequest(double, () => new Promise(() => undefined));
    const asked = failureOf(right.request(double, 3));
    void failureOf(left.request(double, 1));
    await settled();
    right.dispose();
    right.dispose();
    expect((await asked).code).toBe("disposed");
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    finish?.(2);
    right.emit(note, { n: 1 });
    await settled();
    expect(rightPort.posted).toHaveLength(1);
    expect((await failureOf(right.request(double, 1))).code).toBe("disposed");
  });

  test("takes one handler per message", () => {
    const { left } = joined();
    left.onRequest(double, (n) => n);
    expect(() => left.onRequest(double, (n) => n)).toThrow("test/double");
  });

  test("starts handlers in the order of sending, and matches answers whatever order they come in", async () => {
    const steps = fc.array(fc.record({ event: fc.boolean(), delay: fc.integer({ min: 0, max: 5 }) }), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const { left, right, defects } = joined();
        const started: number[] = [];
        right.onEvent(note, ({ n }) => started.push(n));
        right.onRequest(double, async (n) => {
          started.push(n);
          for (let turn = 0; turn < (plan[n]?.delay ?? 0); turn++) await Promise.resolve();
          return n * 2;
        });
        const answers = plan.map((step, n) => {
          if (!step.event) return left.request(double, n);
          left.emit(note, { n });
          return Promise.resolve(n * 2);
        });
        expect(await Promise.all(answers)).toEqual(plan.map((_, n) => n * 2));
        await settled();
        expect(started).toEqual(plan.map((_, n) => n));
        expect(defects).toEqual([]);
      }),
      { seed: 20261121, numRuns: 100 },
    );
  });
});
