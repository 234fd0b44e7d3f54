import * as z from "zod";
import type { ModelUsage } from "#core/ports";
import { askModel } from "./ask-model.ts";
import { type Call, failed, type StageOutcome } from "./implementation.ts";
import { jsonWithin } from "./json-within.ts";

/** A question whose answer has to be a JSON object of a certain shape. */
export interface JsonQuestion<Answer extends z.ZodObject> {
  /** Who the model is to be. */
  readonly role: string;
  /** What it is to do, and with what. */
  readonly task: string;
  /** Fields of the answer, each with a description for the model. */
  readonly answer: Answer;
}

/** The answer, or why there is none that can be used. */
export type JsonAnswer<Answer extends z.ZodObject> =
  | { readonly ok: true; readonly answer: z.output<Answer>; readonly usage: ModelUsage }
  | (StageOutcome & { readonly ok: false });

/** The inputs that every component with a model has. */
interface ModelInputs {
  readonly temperature?: number | undefined;
  readonly max_tokens?: number | undefined;
}

/**
 * Asks a model for a judgement or a text with remarks. An answer of another shape is a failure, never a default: what
 * a model did not say must not look as if it had.
 */
export async function askForJson<Answer extends z.ZodObject>(
  call: Call<ModelInputs>,
  question: JsonQuestion<Answer>,
  signal: AbortSignal,
): Promise<JsonAnswer<Answer>> {
  const { type } = call.attempt.component;
  if (call.attempt.model?.provider === "offline") {
    return failed(
      "EXECUTION",
      `${type} needs the judgement of a language model, and the provider offline is none. Choose another provider, in flowmason.json or with --provider.`,
      "provider",
    );
  }
  const { temperature, max_tokens } = call.inputs;
  const result = await askModel(
    call,
    {
      messages: [
        { role: "system", content: `${question.role}\n\n${shapeRequest(question.answer)}` },
        { role: "user", content: question.task },
      ],
      ...(temperature === undefined ? {} : { temperature }),
      ...(max_tokens === undefined ? {} : { maxTokens: max_tokens }),
    },
    signal,
  );
  if (!result.ok) return result;
  const parsed = question.answer.safeParse(jsonWithin(result.text));
  if (parsed.success) return { ok: true, answer: parsed.data, usage: result.usage };
  return unusable(type, result, z.prettifyError(parsed.error));
}

function shapeRequest(answer: z.ZodObject): string {
  const { properties } = z.toJSONSchema(answer, { io: "input" });
  const fields = Object.entries(properties ?? {}).map(
    ([name, schema]) => `- ${name}: ${JSON.stringify(schema)}`,
  );
  return `Answer with one JSON object and nothing else. Its fields, each with its JSON Schema:\n${fields.join("\n")}`;
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
  return {
    ok: false,
    failure: {
      type: "TRANSFORMATION",
      message: `The answer of ${usage.provider}/${usage.model} is not the JSON that ${type} asked for. ${advice}`,
      recoverable: true,
      details: { answer: text.slice(0, 2000), problems },
    },
  };
}
