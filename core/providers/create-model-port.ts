import type { Clock, ModelPort, ModelRequest, ModelResult, SecretPort } from "#core/ports";
import { connectionTo } from "./connection.ts";
import { withoutEditor } from "./editor-models.ts";
import { answerOffline } from "./offline.ts";
import type { PriceSettings } from "./prices/price.ts";
import { costOf, createPrices, type Prices } from "./prices/prices.ts";
import type { ProviderSettings, Providers } from "./settings.ts";

/** What a model port needs of its host. */
export interface ModelPortConfig {
  /** From flowmason.json. */
  readonly providers: Providers;
  /** Keys, and addresses such as OPENAI_BASE_URL. */
  readonly secrets: SecretPort;
  readonly clock: Clock;
  /** `prices` of flowmason.json, over those that are known. */
  readonly prices?: PriceSettings;
  /** Instead of the platform's own, such as one that knows proxies or that plays a cassette. */
  readonly fetch?: typeof fetch;
  /** The models of the editor that started the run; without it there is no editor. */
  readonly editor?: ModelPort | undefined;
}

/** Access to every configured and every known provider. */
export function createModelPort(config: ModelPortConfig): ModelPort {
  const { default: _name, ...configured } = config.providers;
  const settings = new Map(Object.entries(configured));
  const prices = createPrices(config.prices ?? {});
  return {
    async generate(request, onDelta, signal) {
      const result = await connectionTo(request, settings, (name) => config.secrets.get(name));
      if (!result.ok) return result;
      const { connection } = result;
      switch (connection.kind) {
        case "offline":
          return withCost(await answerOffline(request, onDelta, config.clock), null, prices);
        case "editor": {
          const { editor = withoutEditor("not-started-by-it") } = config;
          const asked = { ...withDefaults(request, settings), model: connection.model };
          return withCost(await editor.generate(asked, onDelta, signal), connection.model, prices);
        }
        case "server": {
          // Loading the AI SDK takes a tenth of a second, which runs without a model need not wait.
          const { askServer } = await import("./ask-server.ts");
          const { clock, fetch = globalThis.fetch } = config;
          const around = { onDelta, clock, fetch };
          const answer = await askServer(connection, withDefaults(request, settings), around, signal);
          return withCost(answer, connection.model, prices);
        }
      }
    },
  };
}

function withCost(result: ModelResult, asked: string | null, prices: Prices): ModelResult {
  if (result.usage === undefined) return result;
  const costUsd = costOf(result.usage, asked, prices);
  return costUsd === undefined ? result : { ...result, usage: { ...result.usage, costUsd } };
}

function withDefaults(request: ModelRequest, settings: ReadonlyMap<string, ProviderSettings>): ModelRequest {
  const configured = settings.get(request.provider);
  return {
    ...(configured?.temperature === undefined ? {} : { temperature: configured.temperature }),
    ...(configured?.max_tokens === undefined ? {} : { maxTokens: configured.max_tokens }),
    ...request,
  };
}
