import * as z from "zod";
import type { JsonObject, ModelUsage } from "#core/ports";
import { askModel } from "./ask-model.ts";
import { CUT_OFF } from "./hear-answer.ts";
import { type Call, failed, type StageOutcome } from "./implementation.ts";
import { jsonIn } from "./json-within.ts";

/** A question whose answer has to be a JSON object of a certain shape. */
export interface JsonQuestion<Answer extends z.ZodObject> {
  /** Who the model is to be. */
  readonly role: string;
  /** What it is to do, and with what. */
  readonly task: string;
  /** Fields of the answer, each with a description for the model. */
  readonly answer: Answer;
  /** What is said where the provider is `offline`, so that there is no one to ask. It judges nothing, and says so. */
  readonly offline: () => z.output<Answer> | Promise<z.output<Answer>>;
}

/** How an answer begins that no model gave. */
export const offlineNotice = "[offline: no language model was asked, and nothing was judged]";

/** The answer, or why there is none that can be used. */
export type JsonAnswer<Answer extends z.ZodObject> =
  | { readonly ok: true; readonly answer: z.output<Answer> }
  | (StageOutcome & { readonly ok: false });

/** The inputs that every component with a model has. */
interface ModelInputs {
  readonly temperature?: number | undefined;
  readonly max_tokens?: number | undefined;
}

/**
 * Asks a model for a judgement or a text with remarks. An answer that is nearly JSON is repaired, and that is said; one
 * of another shape is a failure, never a default: what a model did not say must not look as if it had.
 */
export async function askForJson<Answer extends z.ZodObject>(
  call: Call<ModelInputs>,
  question: JsonQuestion<Answer>,
  signal: AbortSignal,
): Promise<JsonAnswer<Answer>> {
  const { type } = call.attempt.component;
  if (call.attempt.model?.provider === "offline") {
    const message = `${type} asked no language model: the provider is offline. What it gives judges nothing.`;
    call.emit({ kind: "log", level: "warning", message });
    return { ok: true, answer: await question.offline() };
  }
  const { temperature, max_tokens } = call.inputs;
  const schema = schemaOf(question.answer);
  const result = await askModel(
    call,
    {
      messages: [
        { role: "system", content: `${question.role}\n\n${shapeRequest(schema)}` },
        { role: "user", content: question.task },
      ],
      responseSchema: schema,
      ...(temperature === undefined ? {} : { temperature }),
      ...(max_tokens === undefined ? {} : { maxTokens: max_tokens }),
    },
    signal,
  );
  if (!result.ok) return result;
  // What an answer that was cut off leaves open is not there; a bracket that was forgotten can be added.
  const isCutOff = result.finishReason === "length" || result.finishReason === CUT_OFF;
  const atEnd = isCutOff ? "refuse" : "close";
  let problems = "It has no JSON in it.";
  let isFirst = true;
  for (const { value, repairs } of jsonIn(result.text, atEnd)) {
    const parsed = question.answer.safeParse(value);
    if (parsed.success) {
      if (repairs.length > 0) tellRepairs(call, result.usage, repairs);
      return { ok: true, answer: parsed.data };
    }
    if (isFirst) problems = z.prettifyError(parsed.error);
    isFirst = false;
  }
  return unusable(type, result, problems);
}

function schemaOf(answer: z.ZodObject): JsonObject {
  const { $schema: _draft, ...schema } = z.toJSONSchema(answer, { io: "input" });
  // zod's type for a JSON Schema is wider than what it writes.
  return schema as JsonObject;
}

function shapeRequest({ properties }: JsonObject): string {
  const fields = Object.entries(properties ?? {}).map(
    ([name, schema]) => `- ${name}: ${JSON.stringify(schema)}`,
  );
  return `Answer with one JSON object and nothing else. Its fields, each with its JSON Schema:\n${fields.join("\n")}`;
}

function tellRepairs(call: Call<unknown>, { provider, model }: ModelUsage, repairs: readonly string[]): void {
  const message = `The answer of ${provider}/${model} was not quite JSON; overlooked: ${repairs.join(", ")}.`;
  call.emit({ kind: "log", level: "debug", message });
}

function unusable(
  type: string,
  {
    text,
    usage,
    finishReason,
  }: { readonly text: string; readonly usage: ModelUsage; readonly finishReason: string },
  problems: string,
): StageOutcome & { readonly ok: false } {
  const advice =
    finishReason === "length"
      ? "It was cut off: raise max_tokens."
      : "Run it again, or choose a model that keeps to a form.";
  const { failure } = failed(
    "TRANSFORMATION",
    `The answer of ${usage.provider}/${usage.model} is not the JSON that ${type} asked for. ${advice}`,
  );
  return {
    ok: false,
    failure: { ...failure, recoverable: true, details: { answer: text.slice(0, 2000), problems } },
  };
}
