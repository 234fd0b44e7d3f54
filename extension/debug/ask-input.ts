import * as vscode from "vscode";
import type { AskInput } from "./resolve-launch.ts";
import { inputProblem, inputSkeleton } from "./run-input.ts";

/** Asks in an input box, and offers the next time what was typed the last time. */
export function createAskInput(): AskInput {
  const last = new Map<string, string>();
  return async (pipeline, { required }) => {
    const key = pipeline.toString();
    const typed = await vscode.window.showInputBox({
      title: "Input of the pipeline, as JSON",
      prompt: required
        .map(
          ({ name, type, description }) =>
            `${name}${type === null ? "" : ` (${type})`}${description === null ? "" : `: ${description}`}`,
        )
        .join(" · "),
      value: last.get(key) ?? inputSkeleton(required),
      ignoreFocusOut: true,
      validateInput: (value) => inputProblem(value, required),
    });
    if (typed === undefined) return undefined;
    last.set(key, typed);
    const input: unknown = JSON.parse(typed);
    return input;
  };
}
