import type { DebugProtocol } from "@vscode/debugprotocol";
import { type ModelRequestBody, modelCancelledEvent, modelRequestEvent } from "#protocol";
import type { WireClient } from "./wire-client.ts";

/** The models of a walk: each call stays open until the walk has a part of its answer given. */
export interface ModelAnswers {
  /** Calls that wait for an answer, or for more of one. */
  open(): number;
  /** How often a model was asked, ever. */
  asked(): number;
  /** Gives a piece of an answer, or its end; `number` says of which, and how. */
  answer(number: number): Promise<void>;
}

interface OpenCall {
  readonly id: string;
  /** What was asked: a stage's id, and how it is answered. */
  readonly prompt: string;
  pieces: number;
}

/** Answers what the session of that client asks. */
export function answerModels(client: WireClient): ModelAnswers {
  const open: OpenCall[] = [];
  let asked = 0;
  const close = (id: string): void => {
    const at = open.findIndex((call) => call.id === id);
    if (at >= 0) open.splice(at, 1);
  };
  client.onEvent(({ event, body }: DebugProtocol.Event) => {
    if (event === modelRequestEvent.name) {
      const { id, messages }: ModelRequestBody = modelRequestEvent.body.parse(body);
      asked += 1;
      open.push({ id, prompt: messages.at(-1)?.content ?? "", pieces: 0 });
    }
    if (event === modelCancelledEvent.name) close(modelCancelledEvent.body.parse(body).id);
  });

  const answer = async (number: number): Promise<void> => {
    const call = open[number % Math.max(1, open.length)];
    if (call === undefined) return;
    const fails = call.prompt.endsWith("may fail") ? number % 3 === 0 : call.prompt.endsWith("fails");
    // What was cancelled meanwhile refuses the answer, which is no fault of anybody.
    if (fails) {
      close(call.id);
      const fault = { kind: "other", model: "acme/small", reason: "it was told to" };
      await client.ask("flowmason/modelFailed", { id: call.id, fault });
    } else if (call.pieces < 1 + (number % 2)) {
      const index = call.pieces++;
      await client.ask("flowmason/modelDelta", { id: call.id, index, text: `${call.prompt} ${number} ` });
    } else {
      close(call.id);
      const usage = { inputTokens: 1, outputTokens: 1, source: "told" };
      const done = { id: call.id, pieces: call.pieces, model: "acme/small", usage, notices: [] };
      await client.ask("flowmason/modelDone", done);
    }
  };
  return { open: () => open.length, asked: () => asked, answer };
}
