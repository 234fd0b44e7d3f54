import { askForJson, offlineNotice } from "../ask-for-json.ts";
import { implementWaiting } from "../implementation.ts";
import { improver } from "./definition.ts";

const { changes_made, preserved_aspects, improvement_summary } = improver.output.shape;

/** Remarks that a model leaves out are empty; the text itself it has to give. */
const rewriting = improver.output.extend({
  changes_made: changes_made.default([]),
  preserved_aspects: preserved_aspects.default([]),
  improvement_summary: improvement_summary.default(""),
});

/** Has the text rewritten. */
export const improverImplementation = implementWaiting(improver, async (call, signal) => {
  const { content, feedback, improvements, preserve_aspects, improvement_focus } = call.inputs;
  const task = [
    `Improve this text:\n\n${content}`,
    feedback === undefined ? "" : `What was said about it:\n${feedback}`,
    listed("Do better", improvements),
    listed("Leave as it is", preserve_aspects),
    improvement_focus === undefined ? "" : `What matters most: ${improvement_focus}`,
  ];
  const role = "You improve texts. Keep what is good and what they mean.";
  const result = await askForJson(
    call,
    {
      role,
      task: task.filter(Boolean).join("\n\n"),
      answer: rewriting,
      offline: () => ({
        improved_content: content,
        changes_made: [],
        preserved_aspects: preserve_aspects,
        improvement_summary: `${offlineNotice}. The text is as it was.`,
      }),
    },
    signal,
  );
  return result.ok ? { ok: true, output: result.answer } : result;
});

function listed(heading: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `${heading}:\n${items.map((item) => `- ${item}`).join("\n")}`;
}
