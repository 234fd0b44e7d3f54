// Access to language models: one port for every provider, chosen by name in the request. A missing key, an unknown
// provider, an empty answer are failures that say what to do; nothing here may put an answer of its own in a model's
// place, log a key, retry (the engine does), or load a provider's code before it is asked.
export { cassetteText, type ReadCassette, type Recording, readCassette } from "./cassettes/cassette.ts";
export type { Hiding as CassetteHiding } from "./cassettes/hiding.ts";
export { type CallRecorder, recordCalls } from "./cassettes/record-calls.ts";
export { type ReplayConfig, replayCalls } from "./cassettes/replay-calls.ts";
export { createModelPort, type ModelPortConfig } from "./create-model-port.ts";
export { type EditorAccess, editorAccess, withoutEditor } from "./editor-models.ts";
export { keyVariables } from "./key-variables.ts";
export { EDITOR_PROVIDER, knownProviders } from "./known-providers.ts";
export { type ListedPrice, type Price, type PriceSettings, pricesSchema } from "./prices/price.ts";
export { priceTableSource } from "./prices/price-table.ts";
export { pricedModels } from "./prices/priced-models.ts";
export { createPrices, type Prices } from "./prices/prices.ts";
export {
  defaultProviderOf,
  type ProviderSettings,
  type Providers,
  providerNames,
  providersSchema,
} from "./settings.ts";
