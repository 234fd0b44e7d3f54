import type { SecretStore } from "./secret-store.ts";

/**
 * Plans, and where secrets turn out to be in a vault, reads them and plans again: then all is known of them that keeps a
 * run from being started. Rejects with {@link SecretUnavailable}.
 */
export async function readingSecrets<T extends { readonly ok: boolean }>(
  store: SecretStore,
  plan: () => T,
): Promise<T> {
  const planned = plan();
  return planned.ok && (await store.readRest()) ? plan() : planned;
}
