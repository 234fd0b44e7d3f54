import { knownProviders } from "../known-providers.ts";
import type { Providers } from "../settings.ts";
import type { PriceSettings } from "./price.ts";
import { createPrices } from "./prices.ts";

/** Whether it is known before a call what it will cost: of a provider's model, or with null of the provider's default. */
export function pricedModels(
  providers: Providers,
  settings: PriceSettings,
): (provider: string, model: string | null) => boolean {
  const prices = createPrices(settings);
  const { default: _default, ...named } = providers;
  const configured = new Map(Object.entries(named));
  return (provider, model) => {
    const known = knownProviders.get(provider);
    if (known?.kind === "offline") return true;
    const meant = model ?? configured.get(provider)?.model ?? (known?.kind === "server" ? known.model : null);
    // The first that VS Code offers, whichever that is.
    if (meant === null && known?.kind === "editor") return prices.of(provider, "*") !== undefined;
    // Without any model the call fails, and costs nothing.
    return meant === null || prices.of(provider, meant) !== undefined;
  };
}
