import type { Seeded } from "./seeded.ts";

/** A JSON value that is made here and written as a text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Stage {
  readonly id: string;
  readonly component_type: string;
  readonly depends_on: readonly string[];
  readonly config: Readonly<Record<string, Json>>;
  readonly [more: string]: Json;
}

export interface Pipeline {
  readonly name: string;
  readonly version: string;
  readonly stages: readonly Stage[];
  readonly [more: string]: Json;
}

const verbs = ["load", "clean", "rank", "draft", "check", "merge", "count", "send", "score", "split"];
const nouns = ["orders", "letters", "events", "leads", "reviews", "invoices", "tickets", "drafts"];
const sentences = [
  "Read what people have written to us this week.",
  "Say in three short sentences what they want.",
  "Name no person and no address in the answer.",
  "Keep to the facts that are in the text.",
  "Where something is missing, say what it is.",
  "Write as you would to a colleague.",
  "Give the most urgent matter first.",
  "Leave out greetings and thanks.",
];

/** A pipeline of a chain with shortcuts, as people write them: models with prompts, requests, conditions and logs. */
export function pipelineOf(random: Seeded, stages: number): Pipeline {
  const ids: string[] = [];
  const made: Stage[] = [];
  for (let index = 0; index < stages; index++) {
    const id = `${random.pick(verbs)}_${random.pick(nouns)}_${index}`;
    const before = ids.length === 0 ? [] : [ids[Math.max(0, index - 1 - random.below(2))] ?? ""];
    made.push(stageOf(random, id, index, before));
    ids.push(id);
  }
  return {
    name: "weekly-report",
    version: "1.0.0",
    description: "What came in this week, told in a page.",
    stages: made,
    output_stage: ids.at(-1) ?? "",
  };
}

/** A stage that waits for `before`, and reads from it. */
export function stageOf(random: Seeded, id: string, index: number, before: readonly string[]): Stage {
  const read = before.map((each) => `{{upstream.${each}.content}}`).join(" ");
  switch (index % 3) {
    case 0:
      return {
        id,
        component_type: "generator",
        name: `Text ${index}`,
        depends_on: before,
        config: { prompt: promptOf(random, read), temperature: (index % 10) / 10, max_tokens: 100 + index },
      };
    case 1:
      return {
        id,
        component_type: "generator",
        depends_on: before,
        config: {
          system_prompt: `You answer for desk ${index}.`,
          prompt: promptOf(random, read),
          max_tokens: 200 + index,
        },
        retry: { max_attempts: 3, delay_seconds: index },
      };
    default:
      return {
        id,
        component_type: "logger",
        depends_on: before,
        config: { message: `Step ${index}: ${read}`, level: "info" },
        tags: ["weekly", `step-${index}`],
      };
  }
}

function promptOf(random: Seeded, read: string): string {
  return [...random.some(sentences, 4), `The text: ${read}`].join("\n");
}

/** How a file is laid out: the indent, the end of a line, and whether keys are sorted. */
export interface Style {
  readonly indent: string | number;
  readonly newline: "\n" | "\r\n";
}

export const plain: Style = { indent: 2, newline: "\n" };

export function written(value: Json, { indent, newline }: Style = plain): string {
  return `${JSON.stringify(value, null, indent)}\n`.replaceAll("\n", newline);
}
