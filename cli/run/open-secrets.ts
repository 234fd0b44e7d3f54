import { SecretUnavailable } from "#core/secrets";
import { openSecretStore, type SecretStore, type Workspace } from "#host";
import { UnusableInput } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Opens the secrets of a run; from here on the terminal shows none of them. `mark` is that of the record that the run
 * goes on from. Throws {@link UnusableInput}.
 */
export async function openSecrets(
  { manifest }: Workspace,
  { env, redaction }: Terminal,
  mark?: string,
): Promise<SecretStore> {
  const store = await sayingWhy(openSecretStore({ env, manifest, mark }));
  redaction.by(store.redactor);
  return store;
}

/** The same promise, with a secret that cannot be read said to the user. */
export async function sayingWhy<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof SecretUnavailable ? new UnusableInput(error.message) : error;
  }
}
