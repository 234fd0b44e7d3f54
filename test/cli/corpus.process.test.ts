import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { corpusFiles } from "../support/corpus.ts";
import { fm, temporaryFolder } from "../support/fm.ts";
import { deadAddress } from "../support/loopback-server.ts";

/** Files that end otherwise than with an output, and the cause that has to be named. */
const refused: ReadonlyMap<string, { readonly code: number; readonly cause: RegExp }> = new Map([
  ["ex_base-etl.pipeline.json", { code: 2, cause: /abstract/ }],
  ["ex_customer-etl.pipeline.json", { code: 2, cause: /extends "base-etl"/ }],
  ["mt02_subpipeline_basic.json", { code: 2, cause: /There is no pipeline "child_pipeline" in the project/ }],
  // Offline there is nobody to judge; a judgement is never made up.
  ["init_ai-pipeline_main.pipeline.json", needsModel("improve", "improver")],
  ["mt01_two_stage.json", needsModel("critique_content", "critic")],
  ["tpl_content-review-loop.json", needsModel("critique", "critic")],
  ["tpl_data-extractor.json", needsModel("validate", "critic")],
  ["tpl_iterative-refinement.json", needsModel("critique1", "critic")],
  [
    "tpl_enterprise-data-pipeline.json",
    { code: 1, cause: /127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/ },
  ],
]);

test.each(corpusFiles().map(({ name, text }) => [name, text] as const))(
  "%s runs offline on made-up input, or names the true cause",
  async (name, text) => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, name), text);
    const input = madeUpInput(JSON.parse(text), await deadAddress());
    const result = await fm(["run", name, "--provider", "offline", "--input", JSON.stringify(input)], {
      cwd,
    });
    const refusal = refused.get(name);
    if (refusal === undefined) {
      expect(result).toMatchObject({ code: 0, signal: null });
      expect(result.stdout).not.toBe("");
    } else {
      expect(result).toMatchObject({
        code: refusal.code,
        stdout: "",
        stderr: expect.stringMatching(refusal.cause),
      });
    }
  },
);

function needsModel(stage: string, component: string): { readonly code: number; readonly cause: RegExp } {
  const cause = new RegExp(
    `Stage "${stage}" failed: EXECUTION\\n${component} needs the judgement of a language model`,
  );
  return { code: 1, cause };
}

interface InputSchema {
  readonly input_schema?: { readonly properties?: Readonly<Record<string, { readonly type?: string }>> };
}

function madeUpInput({ input_schema }: InputSchema, host: string): object {
  const properties = Object.entries(input_schema?.properties ?? {});
  return Object.fromEntries(properties.map(([name, { type }]) => [name, madeUpValue(name, type, host)]));
}

const madeUp: Readonly<Record<string, unknown>> = {
  boolean: true,
  integer: 300,
  number: 300,
  array: ["First thing.", "Second thing."],
  object: {},
};

function madeUpValue(name: string, type: string | undefined, host: string): unknown {
  if (type !== undefined && Object.hasOwn(madeUp, type)) return madeUp[type];
  return name.endsWith("_url") ? host : `Something about ${name.replaceAll("_", " ")}.`;
}
