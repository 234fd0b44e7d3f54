import type { SecretPort } from "#core/ports";

/** Secrets from environment variables. An empty variable counts as none. */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): SecretPort {
  return {
    get: (name) => {
      const value = Object.hasOwn(env, name) ? env[name] : undefined;
      return Promise.resolve(value === "" ? undefined : value);
    },
  };
}
