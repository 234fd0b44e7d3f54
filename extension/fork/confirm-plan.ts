import * as vscode from "vscode";
import type { ForkPlan } from "#protocol";
import { estimateWords, planSections } from "./plan-words.ts";

/** What the user has agreed to: to run as planned, also what may have had its effect. */
export type ForkConsent = "no-effects" | "repeat-effects";

/** Shows what a fork would do, before anything of it runs. Undefined where the user gives it up. */
export async function confirmPlan(
  plan: ForkPlan,
  words: { readonly title: string; readonly start: string },
): Promise<ForkConsent | undefined> {
  const { effects } = plan;
  if (!(await isStarted(plan, words))) return undefined;
  if (effects.length === 0) return "no-effects";
  const isOne = effects.length === 1;
  const agree = isOne ? "Run It Again" : "Run Them Again";
  const choice = await vscode.window.showWarningMessage(
    `Run ${effects.join(", ")} again?`,
    {
      modal: true,
      detail: `${isOne ? "It may have had its" : "They may have had their"} effect already: a request that changes something, a command, a delivery. It would happen once more.`,
    },
    agree,
  );
  return choice === agree ? "repeat-effects" : undefined;
}

/** Resolves when the first row is chosen, or the list is left; the others are to be read. */
async function isStarted(
  plan: ForkPlan,
  { title, start }: { readonly title: string; readonly start: string },
): Promise<boolean> {
  const first: vscode.QuickPickItem = {
    label: `$(debug-alt) ${start}`,
    detail: estimateWords(plan),
    alwaysShow: true,
  };
  const rows = planSections(plan).flatMap(({ heading, rows: stages }): vscode.QuickPickItem[] => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...stages.map(({ stage, why }) => ({ label: stage, description: why })),
  ]);
  const list = vscode.window.createQuickPick();
  list.title = title;
  list.placeholder = "This is what it would do. Nothing runs until you start it";
  list.items = [first, ...rows];
  list.matchOnDescription = true;
  try {
    return await new Promise<boolean>((resolve) => {
      list.onDidAccept(() => {
        if (list.selectedItems[0] === first) resolve(true);
      });
      list.onDidHide(() => resolve(false));
      list.show();
    });
  } finally {
    list.dispose();
  }
}
