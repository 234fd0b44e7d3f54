import { expect, test } from "vitest";
import type { ModelRequest, ModelResult } from "#core/ports";
import { createModelPort } from "#core/providers";
import { environmentSecrets } from "#host";
import { deadAddress } from "../../support/loopback-server.ts";
import { type ChatAnswer, startOpenAiServer } from "../../support/openai-server.ts";
import { testClock } from "../../support/test-clock.ts";

const question: ModelRequest = {
  provider: "local",
  model: "m1",
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hello?" },
  ],
  temperature: 0.2,
  maxTokens: 50,
  stopSequences: ["END"],
};

const hello: ChatAnswer = { kind: "text", pieces: ["Hel", "lo ", "there"], usage: "told" };

test("an answer streams as it comes, and its usage is told", async () => {
  const server = await startOpenAiServer(hello);
  const { result, deltas } = await ask(server.address);
  expect(deltas).toEqual(["Hel", "lo ", "there"]);
  expect(result).toMatchObject({
    ok: true,
    text: "Hello there",
    finishReason: "stop",
    usage: { provider: "local", model: "test-model-7", inputTokens: 7, outputTokens: 5 },
  });
});

test("the request says what the stage says, and carries the key", async () => {
  const server = await startOpenAiServer(hello);
  await ask(server.address);
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatchObject({
    url: "/v1/chat/completions",
    authorization: "Bearer sesame",
    body: {
      ...{ model: "m1", messages: question.messages, temperature: 0.2, max_tokens: 50, stop: ["END"] },
    },
  });
});

test("what is not given is not sent", async () => {
  const server = await startOpenAiServer(hello);
  await ask(server.address, { provider: "local", model: "m1", messages: question.messages });
  const body = server.requests[0]?.body ?? {};
  expect(
    Object.keys(body).filter((key) => ["temperature", "max_tokens", "stop", "top_p"].includes(key)),
  ).toEqual([]);
});

const schema = { type: "object", properties: { a: { type: "number" } } };

test.each([
  [undefined, { type: "json_schema", json_schema: { name: "answer", schema, strict: false } }],
  ["json_object" as const, { type: "json_object" }],
  ["none" as const, undefined],
])("with response_format %s JSON is asked for by %j", async (response_format, sent) => {
  const server = await startOpenAiServer(hello);
  const port = createModelPort({
    providers: { local: { base_url: server.address, ...(response_format && { response_format }) } },
    secrets: environmentSecrets({}),
    clock: testClock(),
  });
  await port.generate({ ...question, responseSchema: schema }, () => {}, AbortSignal.any([]));
  await port.generate(question, () => {}, AbortSignal.any([]));
  expect(server.requests.map(({ body }) => body["response_format"])).toEqual([sent, undefined]);
});

test("a server without a JSON mode is told from others, with the way out", async () => {
  const body = '{"error":{"message":"unknown field response_format"}}';
  const server = await startOpenAiServer({ kind: "status", status: 400, body });
  const { result } = await ask(server.address, { ...question, responseSchema: schema });
  expect(result).toMatchObject({
    failure: { message: expect.stringContaining('set providers.local.response_format to "none"') },
  });
});

test("tokens that the server does not tell are null, not 0", async () => {
  const server = await startOpenAiServer({ ...hello, usage: "untold" });
  const { result } = await ask(server.address);
  expect(result).toMatchObject({ ok: true, usage: { inputTokens: null, outputTokens: null } });
});

test.each([
  [401, "SECURITY", false, /wrong key.*LOCAL_KEY/],
  [404, "VALIDATION", false, /model "m1"/],
  [429, "CONNECTIVITY", true, /429/],
  [503, "CONNECTIVITY", true, /503/],
  [400, "EXECUTION", false, /wrong key/],
])("an answer %i is a %s failure", async (status, type, recoverable, message) => {
  const server = await startOpenAiServer({
    kind: "status",
    status,
    body: '{"error":{"message":"wrong key"}}',
  });
  const { result } = await ask(server.address);
  expect(result).toMatchObject({
    ok: false,
    failure: { type, recoverable, message: expect.stringMatching(message) },
  });
});

test("a key that the server quotes in its refusal is in no failure", async () => {
  const body = '{"error":{"message":"Incorrect key: Bearer sesame"}}';
  const server = await startOpenAiServer({ kind: "status", status: 401, body });
  const { result } = await ask(server.address);
  expect(server.requests[0]?.authorization).toBe("Bearer sesame");
  expect(result).toMatchObject({ ok: false, failure: { message: expect.stringContaining("Incorrect key") } });
  expect(JSON.stringify(result)).not.toContain("sesame");
});

test("an answer breaking off is a failure, though a part of it came", async () => {
  const server = await startOpenAiServer({ kind: "broken", pieces: ["Hel"] });
  const { result } = await ask(server.address);
  expect(result).toMatchObject({ ok: false, failure: { type: "CONNECTIVITY", recoverable: true } });
});

test("an empty answer is a failure", async () => {
  const server = await startOpenAiServer({ kind: "text", pieces: ["  \n"], usage: "told" });
  const { result } = await ask(server.address);
  expect(result).toMatchObject({ ok: false, failure: { message: expect.stringContaining("empty answer") } });
});

test("a server that is not there is named", async () => {
  const address = await deadAddress();
  const { result } = await ask(`${address}/v1`);
  const message = expect.stringContaining(new URL(address).host);
  expect(result).toMatchObject({ ok: false, failure: { type: "CONNECTIVITY", recoverable: true, message } });
});

test("aborting ends the call down to the socket", async () => {
  const gone = Promise.withResolvers<void>();
  const server = await startOpenAiServer({ kind: "hanging", pieces: ["Hel"], gone: gone.resolve });
  const abort = new AbortController();
  const port = portTo(server.address);
  const result = await port.generate(question, () => abort.abort(), abort.signal);
  expect(result).toMatchObject({ ok: false, failure: { type: "CANCELLED" } });
  await gone.promise;
});

test("a missing key names its variable, and nothing is sent", async () => {
  const server = await startOpenAiServer(hello);
  const port = createModelPort({
    providers: { local: { base_url: server.address, api_key_env: "LOCAL_KEY" } },
    secrets: environmentSecrets({ LOCAL_KEY: "" }),
    clock: testClock(),
  });
  const result = await port.generate(question, () => {}, AbortSignal.any([]));
  expect(result).toMatchObject({
    ok: false,
    failure: { type: "SECURITY", message: expect.stringContaining("LOCAL_KEY") },
  });
  expect(server.requests).toEqual([]);
});

test("openai takes its address and key from the environment", async () => {
  const server = await startOpenAiServer(hello);
  const port = createModelPort({
    providers: {},
    secrets: environmentSecrets({ OPENAI_API_KEY: "k", OPENAI_BASE_URL: server.address }),
    clock: testClock(),
  });
  const result = await port.generate(
    { ...question, provider: "openai", model: null },
    () => {},
    AbortSignal.any([]),
  );
  expect(result.ok).toBe(true);
  expect(server.requests[0]).toMatchObject({ authorization: "Bearer k", body: { model: "gpt-4o" } });
});

test.each([["opnai", /no provider "opnai".*offline, anthropic, openai, google, groq, ollama/]])(
  "provider %s is refused with a way out",
  async (provider, message) => {
    const port = createModelPort({ providers: {}, secrets: environmentSecrets({}), clock: testClock() });
    const result = await port.generate({ ...question, provider }, () => {}, AbortSignal.any([]));
    expect(result).toMatchObject({
      ok: false,
      failure: { type: "VALIDATION", message: expect.stringMatching(message) },
    });
  },
);

async function ask(
  address: string,
  request: ModelRequest = question,
): Promise<{ readonly result: ModelResult; readonly deltas: readonly string[] }> {
  const deltas: string[] = [];
  const result = await portTo(address).generate(request, (text) => deltas.push(text), AbortSignal.any([]));
  return { result, deltas };
}

function portTo(address: string) {
  return createModelPort({
    providers: { local: { base_url: address, api_key_env: "LOCAL_KEY" } },
    secrets: environmentSecrets({ LOCAL_KEY: "sesame" }),
    clock: testClock(),
  });
}
