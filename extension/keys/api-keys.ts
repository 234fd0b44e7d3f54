import * as vscode from "vscode";
import { isVariableName, KEY_VARIABLES } from "./key-variables.ts";

/** Keys of model providers, in VS Code's secret storage. Only the processes of runs get them. */
export interface ApiKeys {
  /** Asks for a key, and for its variable where none is given, and keeps it; an empty one takes back what was kept. */
  set(variable?: string): Promise<void>;
  /** All that is kept: variable -> key. */
  environment(): Promise<Readonly<Record<string, string>>>;
}

/** Other secrets of the extension would have another beginning. */
const PREFIX = "flowmason.key.";

export function createApiKeys(storage: vscode.SecretStorage): ApiKeys {
  const kept = async (): Promise<readonly string[]> =>
    (await storage.keys()).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));

  return {
    async set(given) {
      const before = await kept();
      const variable = given ?? (await askVariable(before));
      if (variable === undefined) return;
      const isKept = before.includes(variable);
      const key = await vscode.window.showInputBox({
        title: `The key for ${variable}`,
        prompt: isKept
          ? "One is kept already. Leave this empty to remove it."
          : "It is kept in VS Code's secret storage, and given to the runs that VS Code starts.",
        password: true,
        ignoreFocusOut: true,
      });
      if (key === undefined) return;
      const value = key.trim();
      if (value !== "") await storage.store(PREFIX + variable, value);
      else if (isKept) await storage.delete(PREFIX + variable);
      else return;
      void vscode.window.showInformationMessage(
        value === ""
          ? `The key for ${variable} is removed.`
          : `The key for ${variable} is kept. Runs that VS Code starts from now on use it.`,
      );
    },
    async environment() {
      const entries = await Promise.all(
        (await kept()).map(async (variable) => [variable, await storage.get(PREFIX + variable)] as const),
      );
      return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
    },
  };
}

/** Lets the user choose a provider, or name a variable of their own. */
async function askVariable(kept: readonly string[]): Promise<string | undefined> {
  const known = KEY_VARIABLES.map(({ provider, variable }) => ({ label: provider, variable }));
  const own = kept
    .filter((variable) => !known.some((each) => each.variable === variable))
    .map((variable) => ({ label: variable, variable }));
  const rows = [...known, ...own].map((row) => ({
    ...row,
    description: `${row.variable}${kept.includes(row.variable) ? ", kept" : ""}`,
  }));
  const other = {
    label: "Another variable…",
    description: "as api_key_env of flowmason.json names it",
    variable: null,
  };
  const picked = await vscode.window.showQuickPick([...rows, other], { title: "Whose key?" });
  if (picked?.variable !== null) return picked?.variable;
  return await vscode.window.showInputBox({
    title: "The variable that the key is for",
    placeHolder: "TEAM_API_KEY",
    ignoreFocusOut: true,
    validateInput: (text) =>
      isVariableName(text) ? undefined : "Letters, digits and _, beginning with a letter: TEAM_API_KEY.",
  });
}
