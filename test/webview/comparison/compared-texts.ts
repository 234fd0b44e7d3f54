import { parsePipeline } from "#core/pipeline";
import { answerDiff } from "#language-server";
import type { Diff } from "../../../webview/comparison/stage-change.ts";
import { pipelineText } from "../pipelines.ts";

/** Two texts, and what the language server says is different between them. */
export function compared(
  before: string,
  after: string,
): {
  readonly before: string;
  readonly after: string;
  readonly diff: Diff;
} {
  const answer = answerDiff(parsePipeline(before), parsePipeline(after));
  if (!answer.ok) throw new Error(answer.message);
  return { before, after, diff: answer };
}

const prompt = (words: string): object => ({
  prompt: `Read {{ input.notes }} and say in ${words} what people want.`,
  temperature: 0.2,
});

/** One of each: a stage that came, one that went, one renamed, one in another branch, one changed, one as it was. */
export const eachChange = compared(
  pipelineText([
    { id: "fetch", component_type: "http_request", config: { url: "https://example.com/notes" } },
    { id: "summarize", component_type: "generator", depends_on: ["fetch"], config: prompt("one sentence") },
    { id: "check", component_type: "filter", depends_on: ["summarize"], config: { condition: "true" } },
    {
      id: "urgent",
      component_type: "conditional",
      depends_on: ["check"],
      config: { condition: "true", true_branch_stages: ["page"], false_branch_stages: ["mail"] },
    },
    { id: "page", config: { message: "page" } },
    { id: "mail", config: { message: "mail" } },
    { id: "report", depends_on: ["urgent"], config: { message: "done" } },
  ]),
  pipelineText([
    { id: "fetch", component_type: "http_request", config: { url: "https://example.com/notes" } },
    { id: "digest", component_type: "generator", depends_on: ["fetch"], config: prompt("two sentences") },
    {
      id: "urgent",
      component_type: "conditional",
      depends_on: ["digest"],
      config: { condition: "true", true_branch_stages: ["page", "mail"], false_branch_stages: [] },
    },
    { id: "page", config: { message: "page" } },
    { id: "mail", config: { message: "mail" } },
    { id: "report", depends_on: ["urgent"], config: { message: "over" } },
    { id: "store", depends_on: ["report"], config: { message: "kept" } },
  ]),
);
