import { resolve } from "node:path";
import { SecretUnavailable } from "#core/secrets";
import { openSecretStore, type SecretStore, type Workspace } from "#host";
import { type CommandLine, UnusableInput } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Opens the secrets of a run; from here on the terminal shows none of them. `mark` is that of the record that the run
 * goes on from. Throws {@link UnusableInput}.
 */
export async function openSecrets(
  workspace: Workspace,
  line: CommandLine,
  { cwd, env, redaction }: Terminal,
  mark?: string,
): Promise<SecretStore> {
  const name = line.text("dotenv");
  const envFile = name === undefined ? undefined : { path: resolve(cwd, name), name };
  const store = await sayingWhy(openSecretStore({ env, workspace, mark, envFile }));
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
