import { parsePipeline } from "#core/pipeline";
import { answerDiff, answerMerge } from "#language-server";
import type { ChosenMerge, NamedText, ShownMerge } from "#protocol";
import { pipelineText } from "../pipelines.ts";

/** Three texts of a merge. */
export interface MergedTexts {
  readonly base: string | null;
  readonly ours: string;
  readonly theirs: string;
}

const fetch = { id: "fetch", component_type: "http_request", config: { url: "https://example.com/notes" } };
const ask = (prompt: string, temperature: number) => ({
  id: "summarize",
  component_type: "generator",
  depends_on: ["fetch"],
  config: { prompt, temperature },
});
const report = { id: "report", depends_on: ["summarize"], config: { message: "done" } };

/** A prompt and a temperature that both changed, and a stage that theirs added where ours removed what it reads. */
export const conflicting: MergedTexts = {
  base: pipelineText([fetch, ask("Say in a sentence what people want.", 0.2), report]),
  ours: pipelineText([fetch, ask("Say in one short sentence what people want.", 0.5)]),
  theirs: pipelineText([
    fetch,
    ask("Say in three sentences what people want and why.", 0.9),
    report,
    { id: "mail", depends_on: ["report"], config: { message: "sent" } },
  ]),
};

const loop = (...loop_stages: readonly string[]) => ({
  id: "loop",
  component_type: "foreach",
  config: { items: [1], loop_stages },
});
const asks = (id: string, member: string) => ({
  id,
  component_type: "conditional",
  config: { condition: "true", true_stages: [member] },
});
const reader = { id: "reader", component_type: "logger", config: { message: "{{ upstream.fetch.body }}" } };

/** Ours takes a stage out of a loop, theirs puts what it reads into it: an error that only both make. */
export const wrongTogether: MergedTexts = {
  base: pipelineText([fetch, loop("reader", "inner"), reader, { id: "inner" }, { id: "last" }]),
  ours: pipelineText([fetch, loop("inner"), reader, { id: "inner" }, asks("last", "reader")]),
  theirs: pipelineText([fetch, loop("reader", "inner"), reader, asks("inner", "fetch"), { id: "last" }]),
};

/** Each side changed a stage of its own. */
export const independent: MergedTexts = {
  base: conflicting.base,
  ours: pipelineText([{ ...fetch, timeout: 5 }, ask("Say in a sentence what people want.", 0.2), report]),
  theirs: pipelineText([fetch, ask("Say in a sentence what people want.", 0.4), report]),
};

/** What the extension shows of a merge, with what was chosen in it. */
export function merging(
  { base, ours, theirs }: MergedTexts,
  choices: readonly ChosenMerge[] = [],
): Extract<ShownMerge, { kind: "merge" }> {
  const before = base ?? "{}";
  const answer = answerMerge({ base, ours, theirs, choices }, {});
  const named = (name: string, role: string, text: string): NamedText => ({
    name,
    role,
    text,
    diff: answerDiff(parsePipeline(before), parsePipeline(text)),
  });
  return {
    kind: "merge",
    file: "file:///w/notes.pipeline.json",
    fileName: "notes.pipeline.json",
    operation: "Merge",
    base: { name: "Base", role: "what both came from", text: before, diff: null },
    ours: named("main", "the branch you are on", ours),
    theirs: named("longer-answers", "what is merged into it", theirs),
    result: answer.ok ? named("Result", "what is written", answer.text) : null,
    answer,
    canUndo: choices.length > 0,
    canRedo: false,
    components: [],
  };
}
