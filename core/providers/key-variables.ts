import { knownProviders } from "./known-providers.ts";
import { configuredKeyVariable, type Providers } from "./settings.ts";

/** The environment variables that hold keys of providers, the configured ones and those that are known. */
export function keyVariables(providers: Providers): ReadonlySet<string> {
  const variables = new Set<string>();
  for (const known of knownProviders.values()) {
    if (known.kind === "server" && known.keyVariable !== null) variables.add(known.keyVariable);
  }
  const { default: _default, ...named } = providers;
  for (const settings of Object.values(named)) {
    const variable = configuredKeyVariable(settings);
    if (variable !== undefined) variables.add(variable);
  }
  return variables;
}
