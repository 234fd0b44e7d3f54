import { knownProviders, type Providers } from "./settings.ts";

/** The environment variables that hold keys of providers, the configured ones and those that are known. */
export function keyVariables(providers: Providers): ReadonlySet<string> {
  const variables = new Set<string>();
  for (const known of knownProviders.values()) {
    if (known.kind !== "offline" && known.keyVariable !== null) variables.add(known.keyVariable);
  }
  for (const [name, settings] of Object.entries(providers)) {
    if (name !== "default" && typeof settings === "object" && settings.api_key_env !== undefined)
      variables.add(settings.api_key_env);
  }
  return variables;
}
