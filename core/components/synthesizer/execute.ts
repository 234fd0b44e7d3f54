import { askForJson, offlineNotice } from "../ask-for-json.ts";
import { implementWaiting } from "../implementation.ts";
import { synthesizer } from "./definition.ts";

const { key_themes } = synthesizer.output.shape;

const synthesis = synthesizer.output
  .pick({ synthesized: true })
  .extend({ key_themes: key_themes.default([]) });

const strategies = {
  integrate: "Make one text of them that keeps everything that matters.",
  summarize: "Summarise them together.",
  compare: "Compare them: what they share, and where they differ.",
  consensus: "Say what they agree on, and name what is disputed.",
  best_of: "Make one text of the best parts of each.",
};

/** Has one text made of several. */
export const synthesizerImplementation = implementWaiting(synthesizer, async (call, signal) => {
  const { inputs, synthesis_strategy, context, output_format, preserve_sources, max_length } = call.inputs;
  const task = [
    inputs.map((text, index) => `[${index + 1}]\n${text}`).join("\n\n"),
    strategies[synthesis_strategy],
    preserve_sources ? "Say by its number in brackets which text a part is from." : "",
    output_format === undefined ? "" : `The form of the result: ${output_format}`,
    max_length === undefined ? "" : `The result has at most ${max_length} words.`,
    context === undefined ? "" : `To know besides: ${context}`,
  ];
  const role = "You make one text out of several, and add nothing of your own.";
  const result = await askForJson(
    call,
    {
      role,
      task: task.filter(Boolean).join("\n\n"),
      answer: synthesis,
      offline: () => ({ synthesized: oneAfterTheOther(inputs, max_length), key_themes: [] }),
    },
    signal,
  );
  if (!result.ok) return result;
  return {
    ok: true,
    output: { ...result.answer, sources_used: inputs.length, strategy_applied: synthesis_strategy },
  };
});

/** The texts as they are; of more than `mostWords` words, the first. */
function oneAfterTheOther(texts: readonly string[], mostWords: number | undefined): string {
  const text = `${offlineNotice}. The texts one after the other:\n\n${texts.join("\n\n")}`;
  const words = text.match(/\s*\S+/g) ?? [];
  return mostWords === undefined || words.length <= mostWords ? text : words.slice(0, mostWords).join("");
}
