import * as vscode from "vscode";
import type { ModelRequestBody } from "#protocol";

/** A request in the terms of VS Code's API, and what of it has no place there. */
export interface ChatRequest {
  readonly messages: vscode.LanguageModelChatMessage[];
  readonly options: vscode.LanguageModelChatRequestOptions;
  /** Sentences for people. */
  readonly notices: readonly string[];
}

/** Nothing is dropped: what VS Code's API cannot say is said otherwise, and that is told. */
export function chatRequest(request: ModelRequestBody, justification: string): ChatRequest {
  const modelOptions = optionsOf(request);
  const names = Object.keys(modelOptions);
  const notices: string[] = [];
  if (request.messages.some(({ role }) => role === "system"))
    notices.push("VS Code's models have no system role: the system text was sent as a message of the user.");
  if (names.length > 0)
    notices.push(
      `${names.join(", ")} went along as options of the model; VS Code does not tell whether it heeds them.`,
    );
  if (request.responseSchema !== undefined)
    notices.push("VS Code's models take no JSON Schema of the answer: it is asked for in the prompt alone.");
  return {
    messages: request.messages.map(({ role, content }) => {
      switch (role) {
        case "system":
        case "user":
          return vscode.LanguageModelChatMessage.User(content);
        case "assistant":
          return vscode.LanguageModelChatMessage.Assistant(content);
      }
    }),
    options: names.length === 0 ? { justification } : { justification, modelOptions },
    notices,
  };
}

/** By the names that most providers of models read them by. */
function optionsOf({
  temperature,
  maxTokens,
  topP,
  stopSequences,
}: ModelRequestBody): Record<string, unknown> {
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(stopSequences === undefined ? {} : { stop: [...stopSequences] }),
  };
}
