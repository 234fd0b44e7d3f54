import * as vscode from "vscode";
import type { ModelFault } from "#protocol";

/** Why VS Code, or the provider of the model, gave no answer; null where none is chosen yet. */
export function modelFault(error: unknown, model: string | null): ModelFault {
  const reason = reasonOf(error);
  if (model === null || !(error instanceof vscode.LanguageModelError))
    return { kind: "other", model, reason };
  switch (error.code) {
    case vscode.LanguageModelError.NoPermissions.name:
      return { kind: "not-allowed", model, reason };
    case vscode.LanguageModelError.Blocked.name:
      return { kind: "blocked", model, reason };
    case vscode.LanguageModelError.NotFound.name:
      return { kind: "gone", model, reason };
    default:
      return { kind: "other", model, reason };
  }
}

/** The provider's own words, which VS Code wraps. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message !== "" || error.cause === undefined ? error.message : reasonOf(error.cause);
}
