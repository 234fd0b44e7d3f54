import * as vscode from "vscode";
import { Refusal } from "../edge.ts";
import type { GitRef, GitRepository } from "./git-extension.ts";

/** Lets the user choose a branch or tag of a repository. Throws a {@link Refusal} where there is none. */
export async function chooseRevision(repository: GitRepository): Promise<string | undefined> {
  const refs = await repository.getRefs({});
  const items = refs.flatMap((ref) => (ref.name === undefined ? [] : [{ label: ref.name, ...lookOf(ref) }]));
  if (items.length === 0)
    throw new Refusal("The repository has no branch yet to compare with: commit first.");
  const chosen = await vscode.window.showQuickPick(items, {
    title: "Compare with Branch",
    placeHolder: "Branch or tag",
    matchOnDescription: true,
  });
  return chosen?.label;
}

function lookOf({ type, commit }: GitRef): {
  readonly description: string;
  readonly iconPath: vscode.ThemeIcon;
} {
  const icon = type === 2 ? "tag" : type === 1 ? "cloud" : "git-branch";
  return { description: commit?.slice(0, 8) ?? "", iconPath: new vscode.ThemeIcon(icon) };
}
