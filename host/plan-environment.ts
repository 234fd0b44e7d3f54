import { SHORTEST_SECRET } from "#core/component-definitions";
import { keyVariables, pricedModels } from "#core/providers";
import { nodeRandom } from "./node-random.ts";
import type { Manifest } from "./workspace.ts";

/** What a run is planned with of the environment. */
export interface PlanEnvironment {
  /** What expressions call `env`: all but the keys of providers, which are for the providers alone. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its secrets come from, and a new mark for their markers. */
  readonly secrets: {
    readonly mark: string;
    look(variable: string): "usable" | "missing" | "too-short";
  };
  /** Whether it is known what a provider's model costs; null is its default. */
  isPriced(provider: string, model: string | null): boolean;
}

/** Sorts an environment for a plan: what may be read, and what is only known to be there; and what the project knows of prices. */
export function planEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { providers, prices = {} }: Pick<Manifest, "providers" | "prices">,
): PlanEnvironment {
  const keys = keyVariables(providers);
  return {
    isPriced: pricedModels(providers, prices),
    env: Object.fromEntries(
      Object.entries(env).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && !keys.has(entry[0]),
      ),
    ),
    secrets: {
      mark: nodeRandom.id(),
      look: (variable) => {
        const value = env[variable] ?? "";
        if (value === "") return "missing";
        return value.length < SHORTEST_SECRET ? "too-short" : "usable";
      },
    },
  };
}
