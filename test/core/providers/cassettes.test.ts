import { expect, test } from "vitest";
import type { ModelPort, ModelRequest, ModelResult } from "#core/ports";
import {
  cassetteText,
  createPrices,
  type Recording,
  readCassette,
  recordCalls,
  replayCalls,
} from "#core/providers";
import { createRedactor } from "#core/secrets";
import { testClock } from "../../support/test-clock.ts";

const nothing = new AbortController().signal;
const plain = createRedactor("cassette");

test("TE-06 a recorded call replays with its pieces, usage and reason, keys in any order", async () => {
  const recorded = await record([[question("Hi?"), answered(["Hel", "lo"])]]);
  const { result, deltas } = await replay(recorded, {
    messages: [{ content: "Hi?", role: "user" }],
    model: "m",
    provider: "p",
  });
  expect(deltas).toEqual(["Hel", "lo"]);
  expect(result).toMatchObject({
    ok: true,
    text: "Hello",
    finishReason: "stop",
    usage: { provider: "p", model: "m-1", inputTokens: 3, outputTokens: 2 },
  });
});

test("the cost of a replayed call is what it would be by the prices of now", async () => {
  const recorded = await record([[question("Hi?"), answered(["Hello"])]]);
  expect(JSON.stringify(recorded)).not.toContain("costUsd");
  const port = replayCalls({
    ...config(recorded),
    prices: createPrices({ "p/*": { input: 1e6, output: 1e6 } }),
  });
  expect(await port.generate(question("Hi?"), () => {}, nothing)).toMatchObject({ usage: { costUsd: 5 } });
});

test("the same request again replays in order, a failure too, and once more is a miss", async () => {
  const refused: ModelResult = {
    ok: false,
    failure: { type: "CONNECTIVITY", message: "busy", recoverable: true, retryAfterMs: 7 },
  };
  const recorded = await record([
    [question("Hi?"), refused],
    [question("Hi?"), answered(["one"])],
    [question("Hi?"), answered(["two"])],
  ]);
  const port = replayCalls(config(recorded));
  const results: ModelResult[] = [];
  for (let call = 0; call < 4; call++) results.push(await port.generate(question("Hi?"), () => {}, nothing));
  expect(results).toMatchObject([
    refused,
    { text: "one" },
    { text: "two" },
    {
      ok: false,
      failure: {
        type: "VALIDATION",
        recoverable: false,
        message: expect.stringMatching(/recorded 3 times.*once more/),
      },
    },
  ]);
});

test("calls at the same time are recorded in the order in which they were asked", async () => {
  const first = Promise.withResolvers<ModelResult>();
  const results = [first.promise, Promise.resolve(answered(["second"]))];
  const models: ModelPort = {
    generate: async (_request, onDelta) => {
      const result = await results.shift();
      if (result === undefined) throw new Error("asked too often");
      if (result.ok) onDelta(result.text);
      return result;
    },
  };
  const recorder = recordCalls(
    models,
    () => Promise.resolve(plain),
    () => {},
  );
  const one = recorder.models.generate(question("Hi?"), () => {}, nothing);
  await recorder.models.generate(question("Hi?"), () => {}, nothing);
  // Only what has ended is in the file by now.
  expect(recorder.recordings()[0]?.answers.map(({ chunks }) => chunks)).toEqual([["second"]]);
  first.resolve(answered(["first"]));
  await one;
  expect(recorder.recordings()[0]?.answers.map(({ chunks }) => chunks)).toEqual([["first"], ["second"]]);
});

test("what was cancelled is not recorded", async () => {
  const cancelled: ModelResult = {
    ok: false,
    failure: { type: "CANCELLED", message: "stopped", recoverable: false },
  };
  expect(await record([[question("Hi?"), cancelled]])).toEqual([]);
});

test.each([
  [question("Tell me of cats, please."), /messages\[0\]\.content: now without "dogs", with "cats"/],
  [{ ...question("Tell me of dogs, please."), temperature: 0.5 }, /temperature was not there and is 0\.5/],
  [{ ...question("Tell me of dogs, please."), model: "m2" }, /model: now without "m", with "m2"/],
  [
    { ...question("Tell me of dogs, please."), messages: [] },
    /messages\[0\] was \{"content":"Tell me of dogs, please\."/,
  ],
])("a miss shows what the nearest recording has otherwise: %j", async (request, difference) => {
  const recorded = await record([
    [question("What is the capital of France?"), answered(["Paris"])],
    [question("Tell me of dogs, please."), answered(["Woof"])],
  ]);
  const { result } = await replay(recorded, request);
  expect(result).toMatchObject({ ok: false, failure: { type: "VALIDATION", recoverable: false } });
  const message = result.ok ? "" : result.failure.message;
  expect(message).toMatch(
    /calls\.json has no recording of this request\. The nearest of its 2 requests differs/,
  );
  expect(message).toMatch(difference);
});

test("texts that have little in common and are long are compared in no time", async () => {
  const words = (from: number): string =>
    Array.from({ length: 20_000 }, (_, at) => `w${from + at}`).join(" ");
  const recorded = await record([[question(words(0)), answered(["x"])]]);
  const start = performance.now();
  const { result } = await replay(recorded, question(words(50_000)));
  expect(performance.now() - start).toBeLessThan(2000);
  expect(result).toMatchObject({ ok: false, failure: { message: expect.stringContaining("w50000") } });
});

test("secrets are in no cassette, in whatever pieces they come, and a request with one is found again", async () => {
  const hiding = createRedactor("cassette", [["TOKEN", "s3same-street"]]);
  const asked = question("Use s3same-street.");
  const models: ModelPort = {
    generate: (_request, onDelta) => {
      for (const piece of ["I use s3sa", "me-str", "eet now"]) onDelta(piece);
      return Promise.resolve(answered(["I use s3same-street now"]));
    },
  };
  const recorder = recordCalls(
    models,
    () => Promise.resolve(hiding),
    () => {},
  );
  await recorder.models.generate(asked, () => {}, nothing);
  const text = cassetteText(recorder.recordings());
  expect(text).not.toMatch(/s3sa|me-str|same-street/);
  const otherValue = createRedactor("cassette", [["TOKEN", "other-value"]]);
  const port = replayCalls({ ...config(recorder.recordings()), hiding: () => Promise.resolve(otherValue) });
  expect(await port.generate(question("Use other-value."), () => {}, nothing)).toMatchObject({ ok: true });
});

test("a cassette's text is the same in whatever order calls came, and another call changes only its own lines", async () => {
  const calls = ["b", "a", "c"].map((text) => [question(text), answered([text])] as const);
  const one = cassetteText(await record(calls));
  expect(cassetteText(await record(calls.toReversed()))).toBe(one);
  const more = cassetteText(await record([...calls, [question("bb"), answered(["bb"])]]));
  const kept = one.split("\n").filter((line) => !more.split("\n").includes(line));
  expect(kept).toEqual([]);
  expect(readCassette(more)).toMatchObject({ ok: true });
});

test.each([
  ["{", /no JSON/],
  ['{"name": "pipeline", "stages": []}', /no cassette/],
  ['{"format": "flowmason-cassette", "version": 2, "tapes": []}', /newer version/],
  [
    '{"format": "flowmason-cassette", "version": 1, "recordings": [{"request": {}, "answers": []}]}',
    /damaged cassette/,
  ],
])("%s is refused as a cassette", (text, reason) => {
  expect(readCassette(text)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
});

function question(content: string): ModelRequest {
  return { provider: "p", model: "m", messages: [{ role: "user", content }] };
}

function answered(pieces: readonly string[]): ModelResult {
  const usage = { provider: "p", model: "m-1", inputTokens: 3, outputTokens: 2, durationMs: 9, costUsd: 1 };
  return { ok: true, text: pieces.join("|"), finishReason: "stop", usage };
}

/** Records calls that end so, one after the other; the pieces of an answer are what stands between the bars. */
async function record(
  calls: readonly (readonly [ModelRequest, ModelResult])[],
): Promise<readonly Recording[]> {
  const results = calls.map(([, result]) => result);
  const models: ModelPort = {
    generate: (_request, onDelta) => {
      const result = results.shift();
      if (result === undefined) throw new Error("asked too often");
      if (result.ok) for (const piece of result.text.split("|")) onDelta(piece);
      return Promise.resolve(result);
    },
  };
  const recorder = recordCalls(
    models,
    () => Promise.resolve(plain),
    () => {},
  );
  for (const [request] of calls) await recorder.models.generate(request, () => {}, nothing);
  const read = readCassette(cassetteText(recorder.recordings()));
  if (!read.ok) throw new Error(read.reason);
  return read.recordings;
}

async function replay(recordings: readonly Recording[], request: ModelRequest) {
  const deltas: string[] = [];
  const result = await replayCalls(config(recordings)).generate(
    request,
    (text) => deltas.push(text),
    nothing,
  );
  return { result, deltas };
}

function config(recordings: readonly Recording[]) {
  const hiding = (): Promise<typeof plain> => Promise.resolve(plain);
  return { name: "calls.json", recordings, hiding, prices: createPrices({}), clock: testClock() };
}
