import type { IncomingMessage, RequestListener } from "node:http";

/** A secret of the key-value engine, version 2: its fields, or null where its newest version was deleted. */
export type KeptFields = Readonly<Record<string, unknown>> | null;

/** What a Vault on loopback is to be like. */
export interface VaultLike {
  readonly token: string;
  /** By path: mount/data/path. */
  readonly secrets: Readonly<Record<string, KeptFields>>;
  readonly isSealed?: boolean;
  /** Hears of each request. */
  readonly onRequest?: (request: IncomingMessage) => void;
}

/** Answers as HashiCorp Vault's HTTP API does (api-docs/secret/kv/kv-v2, "Read secret version"). */
export function vaultLike({ token, secrets, isSealed = false, onRequest }: VaultLike): RequestListener {
  return (request, response) => {
    onRequest?.(request);
    const send = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (isSealed) return send(503, { errors: ["Vault is sealed"] });
    if (request.headers["x-vault-token"] !== token) return send(403, { errors: ["permission denied"] });
    const path = (request.url ?? "").replace("/v1/", "");
    const fields = Object.hasOwn(secrets, path) ? secrets[path] : undefined;
    if (request.method !== "GET" || fields === undefined) return send(404, { errors: [] });
    const metadata = { created_time: "2026-01-02T03:04:05Z", destroyed: false, version: 3 };
    if (fields === null)
      return send(404, {
        data: { data: null, metadata: { ...metadata, deletion_time: "2026-02-01T00:00:00Z" } },
      });
    send(200, {
      request_id: "r",
      lease_id: "",
      renewable: false,
      data: { data: fields, metadata },
      warnings: null,
    });
  };
}
