import type { ModelRequest } from "#core/ports";
import { askModel } from "../ask-model.ts";
import { implementWaiting } from "../implementation.ts";
import { generator } from "./definition.ts";

/** Sends the prompt, and streams the answer as it comes. */
export const generatorImplementation = implementWaiting(generator, async (call, signal) => {
  const { prompt, system_prompt, output_format, temperature, max_tokens, stop_sequences } = call.inputs;
  const answer = await askModel(
    call,
    {
      messages: messages(prompt, [system_prompt, formatRequest(output_format)]),
      ...(temperature === undefined ? {} : { temperature }),
      ...(max_tokens === undefined ? {} : { maxTokens: max_tokens }),
      ...(stop_sequences === undefined ? {} : { stopSequences: stop_sequences }),
    },
    signal,
  );
  if (!answer.ok) return answer;
  const { inputTokens, outputTokens, model } = answer.usage;
  return {
    ok: true,
    output: {
      content: answer.text,
      tokens_used: inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens,
      finish_reason: answer.finishReason,
      model,
    },
  };
});

function messages(prompt: string, rules: readonly (string | undefined)[]): ModelRequest["messages"] {
  const system = rules.filter((rule) => rule !== undefined && rule.trim() !== "").join("\n\n");
  const question = { role: "user", content: prompt } as const;
  return system === "" ? [question] : [{ role: "system", content: system }, question];
}

function formatRequest(format: string | undefined): string | undefined {
  return format === undefined ? undefined : `Answer in this form: ${format}`;
}
