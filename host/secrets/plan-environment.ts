import { pricedModels } from "#core/providers";
import type { Manifest } from "../workspace.ts";
import type { SecretLook, SecretStore } from "./secret-store.ts";

/** What a run is planned with of the environment. */
export interface PlanEnvironment {
  /** What expressions call `env`: all but the keys of providers and the like, which are for FlowMason alone. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its secrets come from, what its markers have in them, and the keys to keep out of what is told besides. */
  readonly secrets: {
    readonly mark: string;
    readonly keys: readonly string[];
    look(source: string): SecretLook;
  };
  /** Whether it is known what a provider's model costs; null is its default. */
  isPriced(provider: string, model: string | null): boolean;
}

/** Sorts an environment for a plan: what may be read, and what is only known to be there; and what the project knows of prices. */
export function planEnvironment(
  { providers, prices = {} }: Pick<Manifest, "providers" | "prices">,
  { visible, keys, look, redactor }: SecretStore,
): PlanEnvironment {
  return {
    isPriced: pricedModels(providers, prices),
    env: Object.fromEntries(
      Object.entries(visible).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    secrets: { mark: redactor.mark, keys, look },
  };
}
