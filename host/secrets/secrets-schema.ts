import * as z from "zod";

const vaultSchema = z.strictObject({
  address: z
    .string()
    .regex(/^https?:\/\/[^\s?#]+$/i, "an address is written as https://vault.example.com:8200")
    .optional()
    .describe("The server; the environment variable VAULT_ADDR unless given."),
  mount: z
    .string()
    .regex(/^[\w./-]+$/)
    .default("secret")
    .describe("Where the key-value engine (version 2) is mounted."),
  path: z
    .string()
    .regex(/^[\w./-]+$/)
    .optional()
    .describe("What stands before the paths of all secrets: team/app."),
  namespace: z.string().optional().describe("The namespace, where the server has such."),
  token_env: z
    .string()
    .regex(/^[A-Za-z_]\w*$/)
    .default("VAULT_TOKEN")
    .describe("The environment variable that holds the token."),
  allow_http: z
    .boolean()
    .default(false)
    .describe(
      "Whether an http address may be asked that is not on this machine: everyone on the way reads along.",
    ),
  timeout_ms: z.int().min(1).default(10_000).describe("Milliseconds that it is waited for."),
});

/** `secrets` of flowmason.json. A misspelt key is refused: what it was to bring would be missing. */
export const secretsSchema = z.strictObject({
  dotenv: z
    .union([z.boolean(), z.string().min(1)])
    .default(false)
    .describe("Whether secrets and keys are looked for in .env too, or in which file of the workspace."),
  vault: vaultSchema.optional().describe("HashiCorp Vault, for secrets that say `vault`."),
});

/** Where a project keeps its secrets. */
export type SecretSettings = z.infer<typeof secretsSchema>;

/** How Vault is asked. */
export type VaultSettings = z.infer<typeof vaultSchema>;

/** Vault, where the project says nothing of it. */
export const defaultVault: VaultSettings = vaultSchema.parse({});
