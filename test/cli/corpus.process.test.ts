import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { corpusFiles } from "../support/corpus.ts";
import { type FmResult, fm, temporaryFolder } from "../support/fm.ts";
import { startServer } from "../support/loopback-server.ts";

/** How a file ends: with an output, or with the true cause of why it has none. */
type Ending = { readonly output: unknown } | { readonly code: number; readonly cause: RegExp };

const notice = "[offline: no language model was asked; these are sentences of the prompt]";
const unjudged = "[offline: no language model was asked, and nothing was judged]";

/** What the offline provider takes out of a prompt. */
function extract(...lines: readonly string[]): string {
  return [notice, ...lines].join("\n");
}

function generated(...lines: readonly string[]): Ending {
  const output = {
    content: extract(...lines),
    tokens_used: null,
    finish_reason: "stop",
    model: "offline-extract",
  };
  return { output };
}

/** A text that went through an improver: offline it stays as it is. */
function improved(...lines: readonly string[]): Ending {
  const improvement_summary = `${unjudged}. The text is as it was.`;
  return {
    output: {
      improved_content: extract(...lines),
      changes_made: [],
      preserved_aspects: [],
      improvement_summary,
    },
  };
}

const promptAlone = generated("Something about prompt.", "Keywords: about, prompt, something");

const endings: ReadonlyMap<string, Ending> = new Map<string, Ending>([
  [
    "doc_qa_enricher.pipeline.json",
    generated(
      "You will be given a documentation excerpt and an optional user question.",
      "Answer strictly using the information in the documentation excerpt.",
      "Documentation excerpt:",
      "Keywords: documentation, excerpt, answer, question, about",
    ),
  ],
  ["ex_base-etl.pipeline.json", { code: 2, cause: /This pipeline is abstract/ }],
  ["ex_customer-etl.pipeline.json", { code: 2, cause: /There is no pipeline "base-etl" to extend/ }],
  ["ex_simple.pipeline.json", generated("Something about text.", "Keywords: about, something, text")],
  [
    "ex_simple_hello_pipeline.json",
    generated("Say hello world in a creative way", "Keywords: creative, hello, world"),
  ],
  [
    "init_ai-pipeline_main.pipeline.json",
    improved(
      "Write a short article about Something about topic.",
      "in a Something about style.",
      "style.",
      "Keywords: about, something, style, article, short",
    ),
  ],
  [
    "init_basic_main.pipeline.json",
    generated(
      "Process this message: Something about message.",
      "Keywords: message, about, process, something, this",
    ),
  ],
  ["mt01_hello_world.json", { output: expect.objectContaining({ greeting: greeting() }) }],
  [
    "mt01_two_stage.json",
    {
      output: expect.objectContaining({
        score: 0,
        passes_threshold: false,
        // `outputs` of the file: {"critique": "{{output.content}}"}
        critique: `${unjudged}. The score is 0 because there is none.`,
      }),
    },
  ],
  [
    "mt02_conditional_basic.json",
    generated(
      "Provide a premium, detailed response to: Something about message.",
      "Keywords: about, detailed, message, premium, provide",
    ),
  ],
  [
    "mt02_foreach_parallel.json",
    {
      output: expect.objectContaining({
        total_items: 2,
        is_complete: true,
        results: [
          expect.objectContaining({
            content: extract("Process item: First thing.", "Keywords: first, item, process, thing"),
          }),
          expect.objectContaining({
            content: extract("Process item: Second thing.", "Keywords: item, process, second, thing"),
          }),
        ],
      }),
    },
  ],
  [
    "mt02_return_early.json",
    { output: { status: "skipped", message: "Processing was skipped as requested" } },
  ],
  ["mt02_subpipeline_basic.json", { code: 2, cause: /There is no pipeline "child_pipeline" in the project/ }],
  [
    "mt02_trycatch_basic.json",
    {
      output: expect.objectContaining({
        status: "success",
        error_occurred: false,
        try_result: expect.objectContaining({
          content: extract("Something about message.", "Keywords: about, message, something"),
        }),
        catch_result: null,
      }),
    },
  ],
  ["mt03_anthropic_basic.json", promptAlone],
  ["mt03_google_basic.json", promptAlone],
  ["mt03_groq_basic.json", promptAlone],
  ["mt03_openai_basic.json", promptAlone],
  [
    "tpl_blog-post-writer.json",
    generated(
      "Write a blog post about: Something about topic.",
      "Target audience: Something about audience.",
      "Tone: Something about tone.",
      "Keywords: about, something, audience, blog, description",
    ),
  ],
  [
    "tpl_content-review-loop.json",
    improved(
      "Write a Something about content type.",
      "about: Something about topic.",
      "Something about requirements.",
      "Keywords: about, something, requirements, content, topic",
    ),
  ],
  [
    "tpl_data-extractor.json",
    improved(
      "Extract structured data from the following text:",
      "Extract the following fields:",
      "Something about fields to extract.",
      "Keywords: extract, about, data, field, fields",
    ),
  ],
  [
    "tpl_enterprise-data-pipeline.json",
    {
      output: {
        report: expect.stringMatching(
          /^# Account Analysis Report\n\n## Analysis\n\[offline: [^]*"Northwind"/,
        ),
        raw_data: {
          account: { id: "A-7", name: "Northwind", industry: "Tea", revenue: 200_000 },
          activities: {
            total_activities: 3,
            last_contact_date: "2026-01-02",
            activity_types: ["call", "mail"],
            recent_activities: expect.arrayContaining([{ type: "mail", date: "2026-01-01" }]),
          },
          financials: {
            total_revenue: 150,
            outstanding_balance: 50,
            invoice_count: 2,
            payment_status: expect.any(Array),
          },
        },
        metadata: {
          generated_at: expect.stringMatching(/^\d{4}-/),
          account_id: "Something about account id.",
          high_value: true,
          data_quality_score: true,
        },
      },
    },
  ],
  ["tpl_hello-world.json", promptAlone],
  [
    "tpl_iterative-refinement.json",
    improved("Something about prompt.", "Keywords: about, prompt, something"),
  ],
]);

test.each(corpusFiles().map(({ name, text }) => [name, text] as const))(
  "%s runs offline over a loopback server to its output, or names the true cause",
  async (name, text) => {
    const asked: string[] = [];
    const address = await startServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      const { pathname } = new URL(request.url ?? "", "http://server");
      response.setHeader("content-type", "application/json").end(JSON.stringify(answerTo(pathname)));
    });
    const result = await runOffline(name, text, address);
    const ending = endings.get(name) ?? { output: "an ending for this file in the test" };
    if ("cause" in ending) {
      const stderr = expect.stringMatching(ending.cause);
      expect(result).toMatchObject({ code: ending.code, stdout: "", stderr });
    } else {
      expect(result).toMatchObject({ code: 0, signal: null });
      expect(JSON.parse(result.stdout)).toEqual(ending.output);
    }
    expect(asked.toSorted()).toEqual(name === "tpl_enterprise-data-pipeline.json" ? accountRequests : []);
  },
);

const accountRequests = [
  "/api/invoices?customer_id=Something+about+account+id.&status=all Bearer Something about finance token.",
  "/api/v1/accounts/Something%20about%20account%20id. Bearer Something about crm token.",
  "/api/v1/accounts/Something%20about%20account%20id./activities?limit=100&sort=date%3Adesc Bearer Something about crm token.",
];

function answerTo(path: string): object {
  if (path.endsWith("/invoices")) {
    return {
      invoices: [
        { amount: 100, status: "paid" },
        { amount: 50, status: "unpaid" },
      ],
    };
  }
  if (!path.endsWith("/activities"))
    return { id: "A-7", name: "Northwind", industry: "Tea", revenue: 200_000 };
  return {
    activities: [
      { type: "call", date: "2026-01-02" },
      { type: "mail", date: "2026-01-01" },
      { type: "call", date: "2025-12-31" },
    ],
  };
}

function greeting(): string {
  return extract(
    "Create a brief, friendly greeting about: Something about topic.",
    "Keywords: about, brief, create, friendly, greeting",
  );
}

async function runOffline(name: string, text: string, host: string): Promise<FmResult> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, name), text);
  const input = JSON.stringify(madeUpInput(JSON.parse(text), host));
  return fm(["run", name, "--provider", "offline", "--input", input], { cwd });
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
