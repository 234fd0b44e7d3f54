import { expect, test } from "vitest";
import { PROVIDER_NAMES } from "#core/pipeline";
import type { ModelPort, ModelRequest } from "#core/ports";
import {
  createModelPort,
  defaultProviderOf,
  knownProviders,
  type Providers,
  providersSchema,
} from "#core/providers";
import { environmentSecrets } from "#host";
import { startOpenAiServer } from "../../support/openai-server.ts";
import { testClock } from "../../support/test-clock.ts";

const hello = { kind: "text", pieces: ["hi"], usage: "told" } as const;

test("flowmason.json gives model, temperature and limit where a stage gives none", async () => {
  const server = await startOpenAiServer(hello);
  const local = { baseUrl: server.address, model: "m9", temperature: 0.3, max_tokens: 20 };
  await ask({ local }, {});
  await ask({ local }, { model: "own", temperature: 0.8 });
  expect(server.requests.map(({ body }) => body)).toMatchObject([
    { model: "m9", temperature: 0.3, max_tokens: 20 },
    { model: "own", temperature: 0.8, max_tokens: 20 },
  ]);
});

test("a server that needs no key gets none", async () => {
  const server = await startOpenAiServer(hello);
  await ask({ local: { base_url: server.address, model: "m" } }, {});
  expect(server.requests[0]?.authorization).toBeUndefined();
});

test("a provider answers through an OpenAI-compatible address when flowmason.json says so", async () => {
  const server = await startOpenAiServer(hello);
  const anthropic = { base_url: server.address, protocol: "openai-compatible", api_key_env: "KEY" } as const;
  expect(await ask({ anthropic }, { provider: "anthropic" }, { KEY: "k" })).toMatchObject({
    ok: true,
    text: "hi",
  });
  expect(server.requests[0]?.authorization).toBe("Bearer k");
});

test("a key itself in flowmason.json is refused, and told where it belongs", () => {
  const parsed = providersSchema.safeParse({ anthropic: { apiKey: "sk-ant-1" } });
  expect(parsed.error?.issues).toMatchObject([
    { path: ["anthropic", "apiKey"], message: expect.stringContaining("environment variable") },
  ]);
});

test.each([
  [{ local: { base_url: "http://127.0.0.1:1/v1" } }, "local", /no default model.*providers\.local/],
  [{ local: { base_url: "http://u:p4ss@127.0.0.1:1/v1", model: "m" } }, "local", /^(?!.*p4ss).*password/],
  [{ local: { model: "m" } }, "local", /no address.*providers\.local\.base_url/],
  [{}, "constructor", /no provider "constructor"/],
])("providers %j: %s is refused with a way out", async (providers, provider, message) => {
  expect(await ask(providers, { provider })).toMatchObject({
    ok: false,
    failure: { type: "VALIDATION", field: "provider", message: expect.stringMatching(message) },
  });
});

test("the default provider is read, and only a name can be one", () => {
  expect(defaultProviderOf(providersSchema.parse({ default: "groq", groq: { model: "m" }, extra: {} }))).toBe(
    "groq",
  );
  expect(defaultProviderOf(providersSchema.parse({}))).toBeNull();
  expect(providersSchema.safeParse({ default: { model: "m" } }).success).toBe(false);
});

test("VS Code's models are no server, and a manifest that says where they are is refused", () => {
  expect(providersSchema.safeParse({ vscode: { model: "gpt-4o", temperature: 0 } }).success).toBe(true);
  for (const settings of [{ base_url: "http://localhost" }, { api_key_env: "KEY" }, { protocol: "openai" }]) {
    const { error } = providersSchema.safeParse({ vscode: settings });
    expect(error?.issues).toMatchObject([{ path: ["vscode", Object.keys(settings)[0]] }]);
    expect(error?.message).toContain("give the server another name");
  }
});

test("VS Code's models are asked as flowmason.json says where a stage does not", async () => {
  const asked: ModelRequest[] = [];
  const editor: ModelPort = {
    generate: (request) => {
      asked.push(request);
      const usage = {
        provider: "vscode",
        model: "acme/small",
        inputTokens: 1000,
        outputTokens: 0,
        durationMs: 1,
      };
      return Promise.resolve({ ok: true, text: "Hi.", finishReason: "unknown", usage });
    },
  };
  const port = createModelPort({
    providers: { vscode: { model: "small", max_tokens: 5 } },
    prices: { "vscode/small": { input: 2, output: 4 } },
    secrets: environmentSecrets({}),
    clock: testClock(),
    editor,
  });
  const request = {
    provider: "vscode",
    model: null,
    messages: [{ role: "user", content: "Hello" }],
  } as const;
  const result = await port.generate(request, () => {}, new AbortController().signal);
  expect(asked).toEqual([{ ...request, model: "small", maxTokens: 5 }]);
  // By the name that was asked for.
  expect(result).toMatchObject({ ok: true, usage: { costUsd: 0.002 } });
  await port.generate({ ...request, model: "large" }, () => {}, new AbortController().signal);
  expect(asked[1]).toMatchObject({ model: "large" });
});

test("the names that editors offer are those of the providers that are known", () => {
  expect(PROVIDER_NAMES).toEqual([...knownProviders.keys()]);
});

function ask(providers: Providers, parts: Partial<ModelRequest>, env: Readonly<Record<string, string>> = {}) {
  const port = createModelPort({ providers, secrets: environmentSecrets(env), clock: testClock() });
  const request = {
    provider: "local",
    model: null,
    messages: [{ role: "user", content: "Hello" }],
    ...parts,
  } as const;
  return port.generate(request, () => {}, new AbortController().signal);
}
