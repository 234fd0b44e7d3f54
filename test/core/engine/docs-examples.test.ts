import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { createExecutor } from "#core/components";
import { planRun, startRun } from "#core/engine";
import { createMemoryJournal } from "#core/journal";
import { parsePipeline } from "#core/pipeline";
import { createNodePorts, openSecretStore, planEnvironment } from "#host";
import { temporaryFolder } from "../../support/fm.ts";

const manifest = { providers: {} };
const env = { PATH: process.env["PATH"] ?? "", DEPLOY_TOKEN: "t0ken-value" };

/** The whole pipelines of a page, and what each gives when every question is answered with its default or a yes. */
const outputs: Readonly<Record<string, readonly unknown[]>> = {
  "commands-and-questions": [
    expect.objectContaining({ value: ["3 WORDS"] }),
    expect.objectContaining({ value: "deployed to eu" }),
    expect.objectContaining({ value: "removed" }),
  ],
  secrets: [
    {
      login: expect.objectContaining({
        value: expect.stringMatching(/^login with ⟦secret:DEPLOY_TOKEN:plain:\w+⟧$/),
      }),
      call: expect.objectContaining({ value: expect.stringMatching(/^Authorization: Bearer ⟦secret:/) }),
    },
  ],
};

const examples = Object.entries(outputs).flatMap(([page, expected]) => {
  const text = readFileSync(new URL(`../../../docs/${page}.md`, import.meta.url), "utf8");
  const found = Array.from(text.matchAll(/```json pipeline\n([^]*?)\n```/g), (match) => match[1] ?? "");
  expect(found).toHaveLength(expected.length);
  return found.map((pipeline, index) => ({ page, number: index + 1, pipeline, output: expected[index] }));
});

describe("the examples of the documentation", () => {
  test.each(examples)("$page, $number: has no problem, and runs", async ({ pipeline, output }) => {
    const document = parsePipeline(pipeline);
    expect(
      checkPipeline(document).problems.filter(
        ({ severity }) => severity !== "hint" && severity !== "information",
      ),
    ).toEqual([]);
    const planned = planRun(document, {
      input: {},
      ...planEnvironment(manifest, await openSecretStore({ env, workspace: { root: ".", manifest } })),
    });
    if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join("\n"));
    const ports = createNodePorts({
      workspaceRoot: await temporaryFolder(),
      env,
      providers: {},
      people: {
        ask: async (question) => ({
          kind: "answered",
          answer: { value: question.default ?? true, by: "ada", via: "test" },
        }),
      },
    });
    const { clock, random } = ports;
    const journal = createMemoryJournal();
    const result = await startRun(planned.plan, { executor: createExecutor(ports), clock, random, journal })
      .finished;
    expect(result).toMatchObject({ status: "succeeded", output });
    expect(JSON.stringify(journal.events)).not.toContain(env.DEPLOY_TOKEN);
  });
});
