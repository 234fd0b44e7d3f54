import { expect, test } from "vitest";
import type { ModelRequest } from "#core/ports";
import { createModelPort, type Providers } from "#core/providers";
import { environmentSecrets } from "#host";
import { type Behaviour, startModelServer } from "../../support/model-server.ts";
import { testClock } from "../../support/test-clock.ts";

/** Each known provider of the network, with what its server speaks and where its address and key come from. */
const providers = [
  ["anthropic", "anthropic", "ANTHROPIC", "/v1/messages", "x-api-key", "sesame"],
  ["openai", "openai", "OPENAI", "/v1/chat/completions", "authorization", "Bearer sesame"],
  [
    "google",
    "google",
    "GOOGLE",
    "/v1beta/models/m1:streamGenerateContent?alt=sse",
    "x-goog-api-key",
    "sesame",
  ],
  ["groq", "openai", "GROQ", "/v1/chat/completions", "authorization", "Bearer sesame"],
] as const;

const hello: Behaviour = { kind: "text", pieces: ["Hel", "lo ", "there"] };

test.each(providers)(
  "%s streams, tells its usage, and is reached at the address and with the key of the environment",
  async (provider, wire, prefix, url, header, credential) => {
    const server = await startModelServer(wire, [hello]);
    const env = { [`${prefix}_BASE_URL`]: server.address, [`${prefix}_API_KEY`]: "sesame" };
    const { result, deltas } = await ask({}, env, { provider });
    expect(deltas.filter((text) => text !== "")).toEqual(["Hel", "lo ", "there"]);
    expect(result).toMatchObject({
      ok: true,
      text: "Hello there",
      finishReason: "stop",
      usage: { provider, inputTokens: 20, outputTokens: 5, cachedTokens: 12 },
    });
    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]?.url).toBe(url);
    expect(server.calls[0]?.headers[header]).toBe(credential);
  },
);

test.each(providers)("%s: flowmason.json's address goes before the environment's", async (provider, wire) => {
  const server = await startModelServer(wire, [hello]);
  const settings = { [provider]: { baseUrl: server.address, apiKey: "${env:TEAM_KEY}" } };
  const env = { TEAM_KEY: "team", [`${provider.toUpperCase()}_BASE_URL`]: "http://127.0.0.1:1" };
  const { result } = await ask(settings, env, { provider });
  expect(result.ok).toBe(true);
  expect(JSON.stringify(server.calls[0]?.headers)).toContain("team");
});

test.each(providers)(
  "%s without a key is refused with the variable's name, and nothing is sent",
  async (provider, wire, prefix) => {
    const server = await startModelServer(wire, [hello]);
    const { result } = await ask({}, { [`${prefix}_BASE_URL`]: server.address }, { provider });
    const message = expect.stringMatching(new RegExp(`${prefix}_API_KEY is not set.*Set API Key…`));
    const details = { keyVariable: `${prefix}_API_KEY` };
    expect(result).toMatchObject({ ok: false, failure: { type: "SECURITY", message, details } });
    expect(server.calls).toEqual([]);
  },
);

test.each(providers)(
  "%s gets every setting of the request in its own words",
  async (provider, wire, prefix) => {
    const server = await startModelServer(wire, [hello]);
    const env = { [`${prefix}_BASE_URL`]: server.address, [`${prefix}_API_KEY`]: "sesame" };
    await ask({}, env, { provider, temperature: 0.2, maxTokens: 50, stopSequences: ["END"] });
    expect(server.calls[0]?.body).toMatchObject(
      {
        openai: { model: "m1", temperature: 0.2, max_tokens: 50, stop: ["END"] },
        anthropic: {
          model: "m1",
          temperature: 0.2,
          max_tokens: 50,
          stop_sequences: ["END"],
          system: [{ type: "text", text: "Be brief." }],
        },
        google: { generationConfig: { temperature: 0.2, maxOutputTokens: 50, stopSequences: ["END"] } },
      }[wire],
    );
  },
);

const schema = {
  type: "object",
  properties: { a: { type: "number", minimum: 0 } },
  required: ["a"],
  additionalProperties: false,
} as const;

test.each([
  ["anthropic", "anthropic", { tools: [{ name: "json", input_schema: schema }] }],
  ["openai", "openai", { response_format: { type: "json_schema", json_schema: { schema, strict: false } } }],
  [
    "google",
    "google",
    { generationConfig: { responseMimeType: "application/json", responseJsonSchema: {} } },
  ],
  ["groq", "openai", { response_format: { type: "json_object" } }],
] as const)("%s is asked for JSON in its own way", async (provider, wire, body) => {
  const server = await startModelServer(wire, [hello]);
  const prefix = provider.toUpperCase();
  const env = { [`${prefix}_BASE_URL`]: server.address, [`${prefix}_API_KEY`]: "sesame" };
  await ask({}, env, { provider, responseSchema: schema });
  expect(server.calls[0]?.body).toMatchObject(body);
});

test("anthropic's address may be the bare host, as its own tools write it", async () => {
  const server = await startModelServer("anthropic", [hello]);
  const env = { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: server.address.replace(/\/v1$/, "") };
  const { result } = await ask({}, env, { provider: "anthropic" });
  expect(result.ok).toBe(true);
  expect(server.calls[0]?.url).toBe("/v1/messages");
});

test("a setting that a model does not have is told, not dropped", async () => {
  const server = await startModelServer("openai", [hello]);
  const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: server.address };
  const { result } = await ask({}, env, { provider: "openai", model: "o3", temperature: 0.2 });
  expect(server.calls[0]?.body).not.toHaveProperty("temperature");
  expect(result).toMatchObject({ ok: true, notices: [expect.stringContaining('"temperature"')] });
});

test.each([
  ["ollama", "http://127.0.0.1:11434/v1"],
  ["llamacpp", "http://127.0.0.1:8080/v1"],
  ["vllm", "http://127.0.0.1:8000/v1"],
  ["lmstudio", "http://127.0.0.1:1234/v1"],
])(
  "%s is looked for where it listens by default, needs no key, and can be elsewhere",
  async (provider, address) => {
    const asked: string[] = [];
    const fetched: typeof fetch = (input) => {
      asked.push(input instanceof Request ? input.url : input.toString());
      return Promise.reject(new TypeError("fetch failed"));
    };
    await ask({}, {}, { provider }, fetched);
    expect(asked).toEqual([`${address}/chat/completions`]);
    const server = await startModelServer("openai", [hello]);
    const { result } = await ask(
      {},
      { [`${provider.toUpperCase()}_BASE_URL`]: server.address },
      { provider },
    );
    expect(result.ok).toBe(true);
    expect(server.calls[0]?.headers.authorization).toBeUndefined();
  },
);

test("a provider of any name speaks the protocol that flowmason.json says", async () => {
  const server = await startModelServer("anthropic", [hello]);
  const gateway = { base_url: server.address, protocol: "anthropic", api_key_env: "KEY" } as const;
  const { result } = await ask({ gateway }, { KEY: "k" }, { provider: "gateway" });
  expect(result).toMatchObject({ ok: true, usage: { provider: "gateway", model: "test-model-7" } });
});

async function ask(
  settings: Providers,
  env: Readonly<Record<string, string>>,
  parts: Partial<ModelRequest> & { readonly provider: string },
  fetched?: typeof fetch,
) {
  const deltas: string[] = [];
  const port = createModelPort({
    providers: settings,
    secrets: environmentSecrets(env),
    clock: testClock(),
    ...(fetched && { fetch: fetched }),
  });
  const request: ModelRequest = {
    model: "m1",
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hello?" },
    ],
    ...parts,
  };
  const result = await port.generate(request, (text) => deltas.push(text), new AbortController().signal);
  return { result, deltas };
}
