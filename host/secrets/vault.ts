import type { HttpPort, HttpResponse } from "#core/ports";
import { SecretUnavailable } from "#core/secrets";
import type { VaultSettings } from "./secrets-schema.ts";
import { vaultField } from "./vault-field.ts";

/** HashiCorp Vault's key-value engine, version 2. */
export interface Vault {
  /** The newest value; undefined where there is no such secret or field. Rejects with {@link SecretUnavailable}. */
  read(path: string, field: string): Promise<string | undefined>;
}

/** What Vault is asked with. */
export interface VaultConfig {
  readonly settings: VaultSettings;
  /** VAULT_ADDR, where the settings have no address. */
  readonly address: string | undefined;
  readonly token: string | undefined;
  readonly http: HttpPort;
}

/** Asks for each secret once: what a run began with it goes on with. */
export function createVault(config: VaultConfig): Vault {
  const answers = new Map<string, Promise<HttpResponse>>();
  return {
    async read(path, field) {
      const answer = answers.get(path) ?? ask(config, path);
      answers.set(path, answer);
      return vaultField(await answer, {
        ...placeOf(config, path),
        field,
        tokenVariable: config.settings.token_env,
      });
    },
  };
}

function placeOf({ settings }: VaultConfig, path: string): { readonly mount: string; readonly path: string } {
  const before = settings.path === undefined ? "" : `${settings.path.replace(/^\/|\/$/g, "")}/`;
  return { mount: settings.mount.replace(/^\/|\/$/g, ""), path: before + path };
}

async function ask(config: VaultConfig, given: string): Promise<HttpResponse> {
  const { settings, token, http } = config;
  const { mount, path } = placeOf(config, given);
  const address = addressOf(config);
  if (token === undefined)
    throw new SecretUnavailable(
      `Vault is to give ${path}, and there is no token for it. Set the environment variable ${settings.token_env}, as "vault print token" shows one, and run again.`,
    );
  const deadline = AbortSignal.timeout(settings.timeout_ms);
  const result = await http.send(
    {
      url: `${address}/v1/${mount}/data/${path}`,
      method: "GET",
      headers: {
        "x-vault-token": token,
        "x-vault-request": "true",
        ...(settings.namespace === undefined ? {} : { "x-vault-namespace": settings.namespace }),
      },
      body: null,
      // A token does not follow where someone else leads.
      followRedirects: false,
      verifyTls: true,
      maxBytes: 4 * 1024 * 1024,
    },
    deadline,
  );
  if (result.ok) return result.response;
  const reason = deadline.aborted
    ? `It did not answer in ${settings.timeout_ms} ms ("secrets.vault.timeout_ms" in flowmason.json).`
    : result.failure.message;
  throw new SecretUnavailable(`Vault at ${new URL(address).host} cannot be asked for ${path}. ${reason}`);
}

function addressOf({ settings, address }: VaultConfig): string {
  const given = (settings.address ?? address)?.replace(/\/+$/, "");
  if (given === undefined || given === "")
    throw new SecretUnavailable(
      `A secret is in Vault, and no address of it is known. Give it as "secrets": {"vault": {"address": "https://vault.example.com:8200"}} in flowmason.json, or as VAULT_ADDR.`,
    );
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new SecretUnavailable(
      "The address of Vault is no http or https address. Write it as https://host:8200.",
    );
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && !isHere && !settings.allow_http)
    throw new SecretUnavailable(
      `Vault at ${url.host} would be asked without encryption. Give its https address, or allow it by "allow_http": true under "secrets.vault" in flowmason.json.`,
    );
  return given;
}
