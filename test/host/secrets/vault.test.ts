import { expect, test } from "vitest";
import { createHttpPort } from "../../../host/http/http-port.ts";
import { httpRulesSchema } from "../../../host/http/http-rules.ts";
import { secretsSchema } from "../../../host/secrets/secrets-schema.ts";
import { createVault, type Vault } from "../../../host/secrets/vault.ts";
import { deadAddress, startServer, startTlsServer } from "../../support/loopback-server.ts";
import { vaultLike } from "../../support/vault-server.ts";

const token = "hvs.CAESIJ-token";

function vaultAt(
  address: string,
  { vault = {}, given = token, http = {} }: { vault?: object; given?: string | null; http?: object } = {},
): Vault {
  const settings = secretsSchema.parse({ vault: { address, ...vault } }).vault;
  if (settings === undefined) throw new Error("no settings");
  return createVault({
    settings,
    address: undefined,
    token: given ?? undefined,
    http: createHttpPort({}, httpRulesSchema.parse(http)),
  });
}

test("a field of the newest version, each secret asked for once, with token, namespace, mount and path", async () => {
  const asked: (readonly [string | undefined, unknown])[] = [];
  const address = await startServer(
    vaultLike({
      token,
      secrets: { "kv/data/team/app/db": { password: "p4ss-word", port: 5432 } },
      onRequest: ({ url, headers }) => asked.push([url, headers["x-vault-namespace"]]),
    }),
  );
  const vault = vaultAt(`${address}/`, { vault: { mount: "/kv/", path: "team/", namespace: "eu" } });
  expect(await Promise.all([vault.read("app/db", "password"), vault.read("app/db", "port")])).toEqual([
    "p4ss-word",
    "5432",
  ]);
  expect(await vault.read("app/db", "__proto__")).toBeUndefined();
  expect(asked).toEqual([["/v1/kv/data/team/app/db", "eu"]]);
});

test("none: of another path, of another field, of a deleted version", async () => {
  const vault = vaultAt(
    await startServer(
      vaultLike({ token, secrets: { "secret/data/a": { x: "1" }, "secret/data/gone": null } }),
    ),
  );
  for (const [path, field] of [
    ["b", "x"],
    ["a", "y"],
    ["gone", "x"],
  ] as const)
    expect(await vault.read(path, field)).toBeUndefined();
});

test("what it refuses is said with what to do, and never the token", async () => {
  const secrets = { "secret/data/a": { x: { deep: 1 } } };
  const open = await startServer(vaultLike({ token, secrets }));
  const sealed = await startServer(vaultLike({ token, secrets, isSealed: true }));
  const old = await startServer((_, response) => response.end('{"data":{"x":"of version 1"}}'));
  const page = await startServer((_, response) => response.writeHead(502).end("<html>"));
  const elsewhere = await startServer((_, response) =>
    response.writeHead(307, { location: `${open}/v1/secret/data/a` }).end(),
  );
  const silent = await startServer(() => {});
  const refusals: readonly (readonly [Vault, RegExp])[] = [
    [
      vaultAt(open, { given: "hvs.wrong" }),
      /token in VAULT_TOKEN is not valid .* policy .*secret\/data\/a \(status 403\)/,
    ],
    [
      vaultAt(open, { given: null, vault: { token_env: "MY_TOKEN" } }),
      /no token for it\. Set the environment variable MY_TOKEN/,
    ],
    [vaultAt(open), /its field "x" is no text/],
    [vaultAt(sealed), /sealed .*\(status 503\)\. Have it unsealed/],
    [vaultAt(old), /version 2 does/],
    [vaultAt(page), /answered with status 502\./],
    [vaultAt(elsewhere), /answered with status 307/],
    [
      vaultAt(silent, { vault: { timeout_ms: 50 } }),
      /did not answer in 50 ms \("secrets\.vault\.timeout_ms"/,
    ],
    [vaultAt(await deadAddress()), /cannot be asked for a\. /],
    [vaultAt("http://vault.example.com:8200"), /without encryption\. Give its https address/],
    [
      vaultAt(open, { http: { allow: ["api.example.com"] } }),
      /"http\.allow" in flowmason\.json does not name it/,
    ],
    [vaultAt(await startTlsServer(vaultLike({ token, secrets }))), /certificate/],
  ];
  for (const [vault, message] of refusals) {
    const error = await vault.read("a", "x").catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "SecretUnavailable", message: expect.stringMatching(message) });
    expect(String(error)).not.toContain("hvs.");
  }
});
