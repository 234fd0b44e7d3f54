import { describe, expect, test } from "vitest";
import { corpusFiles } from "../../support/corpus.ts";
import { problemsOf, ruleNameOf } from "./marked.ts";

describe("real files", () => {
  test.each(corpusFiles())("$name has no error", ({ text }) => {
    expect(problemsOf(text).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("the warnings are about what is truly there", () => {
    const warnings = corpusFiles().flatMap(({ name, text }) =>
      problemsOf(text)
        .filter(
          (problem) => problem.severity === "warning" && ruleNameOf(problem) !== "component-not-available",
        )
        .map((problem) => [ruleNameOf(problem), problem.span] as const)
        .map(([rule, span]) => `${name}: ${rule} ${text.slice(span.start, span.end)}`),
    );
    expect(warnings).toEqual([
      'ex_customer-etl.pipeline.json: inheritance-not-available "base-etl"',
      // critic has no prompts of its own (facts, section 3).
      'mt01_two_stage.json: unknown-config-key "system_prompt"',
      'mt01_two_stage.json: unknown-config-key "user_prompt"',
    ]);
  });
});
