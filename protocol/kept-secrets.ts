/** The variable by which VS Code tells an adapter which others hold secrets of its storage: names with commas between. */
export const KEPT_SECRETS_VARIABLE = "FLOWMASON_KEPT_SECRETS";

/** The variables of an adapter's environment that no pipeline reads unless it names them as its secrets. */
export function keptSecretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return (env[KEPT_SECRETS_VARIABLE] ?? "").split(",").filter((name) => name !== "");
}
