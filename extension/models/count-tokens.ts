import * as vscode from "vscode";

/** Milliseconds after which an answer does not wait for its tokens any longer. */
const PATIENCE_MS = 5000;

/** Tokens of all texts together, by the model's own tokenizer; null where it cannot tell, or not in time. */
export async function countTokens(
  model: vscode.LanguageModelChat,
  texts: readonly (string | vscode.LanguageModelChatMessage)[],
): Promise<number | null> {
  const cancel = new vscode.CancellationTokenSource();
  const timer = Promise.withResolvers<null>();
  const timeout = setTimeout(() => timer.resolve(null), PATIENCE_MS);
  try {
    const counted = Promise.all(texts.map((text) => model.countTokens(text, cancel.token)));
    const counts = await Promise.race([counted, timer.promise]);
    const sum = counts?.reduce((total, each) => total + each, 0) ?? null;
    return sum !== null && Number.isSafeInteger(sum) && sum >= 0 ? sum : null;
  } catch {
    // Not known, which is what null says; the answer itself is there.
    return null;
  } finally {
    clearTimeout(timeout);
    cancel.cancel();
    cancel.dispose();
  }
}
