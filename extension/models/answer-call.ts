import * as vscode from "vscode";
import {
  type ModelDone,
  type ModelFault,
  type ModelRequestBody,
  modelDoneRequest,
  modelFailedRequest,
} from "#protocol";
import { answerPart, type ToldUsage } from "./answer-parts.ts";
import { chatRequest } from "./chat-request.ts";
import { type ChosenModel, chooseModel, modelName } from "./choose-model.ts";
import { countTokens } from "./count-tokens.ts";
import { modelFault } from "./model-fault.ts";
import { sendPieces } from "./send-pieces.ts";

/** How the answer of a model ended. */
type Ended =
  | { readonly ok: true; readonly answer: Omit<ModelDone, "id"> }
  | { readonly ok: false; readonly fault: ModelFault };

/** Asks the model that a run wants, and gives the answer to its adapter. Once the call is cancelled nothing is told. */
export async function answerCall(
  session: vscode.DebugSession,
  request: ModelRequestBody,
  cancel: vscode.CancellationTokenSource,
): Promise<void> {
  const { id } = request;
  const ended = await ask(session, request, cancel);
  if (cancel.token.isCancellationRequested) return;
  if (ended.ok) await session.customRequest(modelDoneRequest.name, { id, ...ended.answer });
  else await session.customRequest(modelFailedRequest.name, { id, fault: ended.fault });
}

async function ask(
  session: vscode.DebugSession,
  request: ModelRequestBody,
  cancel: vscode.CancellationTokenSource,
): Promise<Ended> {
  const chosen = await choose(request.model);
  if (!chosen.ok) return chosen;
  const { model } = chosen;
  const { messages, options, notices } = chatRequest(request, `It runs the pipeline "${session.name}".`);
  const others = new Set<string>();
  const sender = sendPieces(session, request.id, () => cancel.cancel());
  let text = "";
  let told: ToldUsage | undefined;
  try {
    // The first time VS Code asks the user, who has just started the run, for consent.
    const { stream } = await model.sendRequest(messages, options, cancel.token);
    for await (const part of stream) {
      const read = answerPart(part);
      switch (read.kind) {
        case "text":
          text += read.text;
          sender.push(read.text);
          break;
        case "usage":
          told = read.usage;
          break;
        case "other":
          others.add(read.what);
          break;
        case "aside":
          break;
      }
    }
  } catch (error) {
    return { ok: false, fault: modelFault(error, modelName(model)) };
  }
  const answer = {
    pieces: await sender.finish(),
    model: modelName(model),
    usage: told === undefined ? await counted(model, messages, text) : { ...told, source: "told" as const },
    notices: [...notices, ...leftOut(others)],
  };
  return { ok: true, answer };
}

async function choose(asked: string | null): Promise<ChosenModel<vscode.LanguageModelChat>> {
  try {
    return chooseModel(await vscode.lm.selectChatModels(), asked);
  } catch (error) {
    return { ok: false, fault: modelFault(error, null) };
  }
}

async function counted(
  model: vscode.LanguageModelChat,
  messages: readonly vscode.LanguageModelChatMessage[],
  text: string,
): Promise<ModelDone["usage"]> {
  const [inputTokens, outputTokens] = await Promise.all([
    countTokens(model, messages),
    countTokens(model, [text]),
  ]);
  return { inputTokens, outputTokens, source: "counted" };
}

function leftOut(parts: ReadonlySet<string>): readonly string[] {
  if (parts.size === 0) return [];
  return [`The answer had parts that are no text, which are left out: ${[...parts].join(", ")}.`];
}
