import * as vscode from "vscode";
import type { AskInput } from "./resolve-launch.ts";
import { inputProblem, inputSkeleton } from "./run-input.ts";

/** Asks in an input box, and offers the next time what was typed the last time. */
export function createAskInput(): AskInput {
  const last = new Map<string, string>();
  return async (pipeline, { required }) => {
    const key = pipeline.toString();
    const value = last.get(key) ?? inputSkeleton(required);
    // The caret waits between the quotes of the first text to fill in.
    const blank = value.indexOf('""');
    const typed = await vscode.window.showInputBox({
      title: "Input of the pipeline, as JSON",
      prompt: required
        .map(
          ({ name, type, description }) =>
            `${name}${type === null ? "" : ` (${type})`}${description === null ? "" : `: ${description}`}`,
        )
        .join(" · "),
      value,
      ...(blank < 0 ? {} : { valueSelection: [blank + 1, blank + 1] }),
      ignoreFocusOut: true,
      validateInput: (text) => inputProblem(text, required),
    });
    if (typed === undefined) return undefined;
    last.set(key, typed);
    const input: unknown = JSON.parse(typed);
    return input;
  };
}
