import type * as vscode from "vscode";
import { repositoryOf } from "../comparison/git-extension.ts";
import { type Edge, isRefusal } from "../edge.ts";
import { expectSameMerge, type MergeSource } from "./merge-source.ts";

/** Milliseconds without a change in the repository after which it is looked at. */
const SETTLED_AFTER = 250;

/**
 * Tells whenever Git may have ended a merge, or begun another one of the same file: why it is over, null where it is still
 * there. What `fm merge` has left is only looked at when it is completed.
 */
export function followMerge(
  source: MergeSource,
  edge: Edge,
  tell: (over: string | null) => void,
): vscode.Disposable {
  let isDisposed = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let subscription: vscode.Disposable | undefined;
  const look = async (): Promise<void> => {
    const over = await whyOver(source);
    if (!isDisposed) tell(over);
  };
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => void edge.run("looking whether a merge is over", look), SETTLED_AFTER);
  };
  if (source.kind === "git")
    void edge.run("following a merge", async () => {
      const { repository } = await repositoryOf(source.file);
      if (!isDisposed) subscription = repository.state.onDidChange(soon);
    });
  return {
    dispose() {
      isDisposed = true;
      clearTimeout(settling);
      subscription?.dispose();
    },
  };
}

async function whyOver(source: MergeSource): Promise<string | null> {
  try {
    await expectSameMerge(source);
    return null;
  } catch (error) {
    if (isRefusal(error)) return error.message;
    throw error;
  }
}
