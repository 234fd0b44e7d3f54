import type { ModelUsage } from "#core/ports";
import type { ListedPrice, Price, PriceSettings } from "./price.ts";
import { priceTable } from "./price-table.ts";

/** What models cost: flowmason.json's word, then the table's. */
export interface Prices {
  /** The price of a model; null for the provider's default. Undefined where nothing is known: that is not 0. */
  of(provider: string, model: string): ListedPrice | undefined;
}

/** `settings` are `prices` of flowmason.json. */
export function createPrices(settings: PriceSettings): Prices {
  const own = new Map(Object.entries(settings));
  const listed = new Map(
    Object.entries(priceTable).map(([name, models]) => [name, new Map(Object.entries(models))]),
  );
  return {
    of: (provider, model) => {
      const names = namesOf(model);
      const first = <T>(look: (name: string) => T | undefined): T | undefined =>
        names.map(look).find((price) => price !== undefined);
      return (
        first((name) => own.get(`${provider}/${name}`)) ??
        own.get(`${provider}/*`) ??
        first((name) => listed.get(provider)?.get(name))
      );
    },
  };
}

/**
 * What a call cost, in US dollars; undefined where the price or a number of tokens is not known. `asked` is the model
 * that was asked for: servers answer under other names.
 */
export function costOf(usage: ModelUsage, asked: string | null, prices: Prices): number | undefined {
  const { provider, model, inputTokens, outputTokens, cachedTokens = 0, cacheWriteTokens = 0 } = usage;
  const listed = prices.of(provider, model) ?? (asked === null ? undefined : prices.of(provider, asked));
  if (listed === undefined) return undefined;
  if (listed.input === 0 && listed.output === 0) return 0;
  if (inputTokens === null || outputTokens === null) return undefined;
  const price: Price = listed.over !== undefined && inputTokens > listed.over.tokens ? listed.over : listed;
  const plain = Math.max(0, inputTokens - cachedTokens - cacheWriteTokens);
  const millionths =
    plain * price.input +
    cachedTokens * (price.cached ?? price.input) +
    cacheWriteTokens * (price.cache_write ?? price.input) +
    outputTokens * price.output;
  // Sums of decimals in binary end in noise, which a file that people read need not have.
  return Number((millionths / 1e6).toPrecision(12));
}

/** A model's name, then the same without what names a version of it: `-20250929`, `-2025-08-07`, `-latest`. */
function namesOf(model: string): readonly string[] {
  const bare = model.replace(/^models\//, "");
  const undated = bare.replace(/-(\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, "");
  return [...new Set([model, bare, undated])];
}
