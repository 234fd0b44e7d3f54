import * as vscode from "vscode";

const USE = "Use This Text";

/** Lets the user change a value: a text as it is, anything else as JSON. Undefined where they give up. */
export async function askValue(
  title: string,
  before: unknown,
): Promise<{ readonly value: unknown } | undefined> {
  if (typeof before !== "string") return await askJson(title, before);
  if (before.includes("\n")) return await askInEditor(title, before);
  const typed = await vscode.window.showInputBox({
    title,
    value: before,
    prompt: "The new text; {{ }} as in the pipeline",
    ignoreFocusOut: true,
  });
  return typed === undefined ? undefined : { value: typed };
}

async function askJson(title: string, before: unknown): Promise<{ readonly value: unknown } | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    value: before === undefined ? "" : JSON.stringify(before),
    prompt: 'The new value, as JSON: "a text", 12, [1, 2], {"name": "Ada"}',
    ignoreFocusOut: true,
    validateInput: (text) => jsonProblem(text),
  });
  return typed === undefined ? undefined : { value: parsed(typed) };
}

/** An input box has one line. */
async function askInEditor(title: string, before: string): Promise<{ readonly value: unknown } | undefined> {
  const document = await vscode.workspace.openTextDocument({ content: before, language: "plaintext" });
  await vscode.window.showTextDocument(document);
  const closed = new Promise<undefined>((resolve) => {
    const subscription = vscode.workspace.onDidCloseTextDocument((each) => {
      if (each !== document) return;
      subscription.dispose();
      resolve(undefined);
    });
  });
  const choice = await Promise.race([
    vscode.window.showInformationMessage(`${title}: change the text in the editor, then use it.`, USE),
    closed,
  ]);
  if (choice !== USE) return undefined;
  const value = document.getText();
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  return { value };
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `No JSON yet: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}
