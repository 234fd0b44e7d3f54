const VAULT = "vault/";

/** What a source is, by its name: a variable of the environment, or a field of a secret in Vault. */
export type SecretSource =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "vault"; readonly path: string; readonly field: string };

/** Takes the name of a source apart. */
export function secretSource(source: string): SecretSource {
  if (!source.startsWith(VAULT)) return { kind: "environment", variable: source };
  const [path = "", field = ""] = source.slice(VAULT.length).split("#");
  return { kind: "vault", path, field };
}

/** Where a secret is kept, in words that follow "the". */
export function whereSecretIs(source: string): string {
  const where = secretSource(source);
  switch (where.kind) {
    case "environment":
      return `environment variable ${where.variable}`;
    case "vault":
      return `field ${JSON.stringify(where.field)} of ${where.path} in Vault`;
  }
}

/** A secret could not be read, and its message says what to do: a vault that refuses, say. Not for one that is not there. */
export class SecretUnavailable extends Error {
  override readonly name = "SecretUnavailable";
}
