import type { Clock, ModelPort, ModelRequest, SecretPort } from "#core/ports";
import { connectionTo } from "./connection.ts";
import { answerOffline } from "./offline.ts";
import type { ProviderSettings, Providers } from "./settings.ts";

/** What a model port needs of its host. */
export interface ModelPortConfig {
  /** From flowmason.json. */
  readonly providers: Providers;
  /** Keys, and addresses such as OPENAI_BASE_URL. */
  readonly secrets: SecretPort;
  readonly clock: Clock;
  /** Instead of the platform's own, such as one that knows proxies or that plays a cassette. */
  readonly fetch?: typeof fetch;
}

/** Access to every configured and every known provider. */
export function createModelPort(config: ModelPortConfig): ModelPort {
  const { default: _name, ...configured } = config.providers;
  const settings = new Map(Object.entries(configured));
  return {
    async generate(request, onDelta, signal) {
      const result = await connectionTo(request, settings, (name) => config.secrets.get(name));
      if (!result.ok) return result;
      const { connection } = result;
      switch (connection.kind) {
        case "offline":
          return answerOffline(request, onDelta, config.clock);
        case "server": {
          // Loading the AI SDK takes a tenth of a second, which runs without a model need not wait.
          const { askServer } = await import("./ask-server.ts");
          const { clock, fetch = globalThis.fetch } = config;
          return askServer(connection, withDefaults(request, settings), { onDelta, clock, fetch }, signal);
        }
      }
    },
  };
}

function withDefaults(request: ModelRequest, settings: ReadonlyMap<string, ProviderSettings>): ModelRequest {
  const configured = settings.get(request.provider);
  return {
    ...(configured?.temperature === undefined ? {} : { temperature: configured.temperature }),
    ...(configured?.max_tokens === undefined ? {} : { maxTokens: configured.max_tokens }),
    ...request,
  };
}
