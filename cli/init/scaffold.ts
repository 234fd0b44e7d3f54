/** The files of a new project: path -> text. They follow FlowMason's layout (facts, section 1.3). */
export function scaffold(name: string): ReadonlyMap<string, string> {
  return new Map([
    ["flowmason.json", json(manifest(name))],
    ["pipelines/main.pipeline.json", json(pipeline)],
    ["components/word-count.ts", component],
    ["components/tsconfig.json", json(componentsConfig)],
    [".gitignore", ".flowmason/\n*.fmpkg\n"],
  ]);
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function manifest(name: string): object {
  return {
    name,
    version: "1.0.0",
    description: "",
    main: "pipelines/main.pipeline.json",
    providers: { default: "offline" },
    pipeline_dirs: ["pipelines"],
  };
}

const pipeline = {
  name: "main",
  version: "1.0.0",
  description:
    "Answers a message. Offline, the answer is made of sentences of the prompt; choose a provider in flowmason.json for a real one.",
  input_schema: {
    type: "object",
    properties: { message: { type: "string", description: "The message to answer" } },
    required: ["message"],
  },
  output_schema: {
    type: "object",
    properties: { message: { type: "string" }, answer: { type: "string" } },
  },
  stages: [
    {
      id: "answer",
      component_type: "generator",
      name: "Answer the message",
      config: {
        system_prompt: "You are a friendly assistant. Answer in two or three sentences.",
        prompt: "{{ input.message }}",
      },
      depends_on: [],
    },
    {
      id: "result",
      component_type: "json_transform",
      name: "Put both together",
      config: { template: { message: "{{ input.message }}", answer: "{{ upstream.answer.content }}" } },
      depends_on: ["answer"],
    },
  ],
  output_stage_id: "result",
  sample_input: { message: "Hello, FlowMason! What can a pipeline do for me?" },
};

const component = `import { defineComponent, z } from "flowmason";

// A stage uses it so: { "id": "count", "component_type": "word_count", "config": { "text": "{{ input.message }}" } }
export default defineComponent({
  name: "word-count",
  version: "1.0.0",
  description: "Counts the words of a text.",
  icon: "symbol-number",
  category: "data",
  input: z.object({
    text: z.string().describe("The text."),
    least: z.int().min(1).default(1).describe("Letters of the shortest word that counts."),
  }),
  output: z.object({ words: z.int().describe("How many.") }),
  execute({ inputs, log }) {
    const words = inputs.text.split(/\\s+/).filter((word) => word.length >= inputs.least).length;
    log.debug("counted", { words });
    return { words };
  },
});
`;

/** For the editor alone: nothing compiles components, their types are taken out when they are loaded. */
const componentsConfig = {
  compilerOptions: {
    target: "ES2024",
    lib: ["ES2024", "DOM"],
    module: "ESNext",
    moduleResolution: "bundler",
    strict: true,
    noEmit: true,
    allowJs: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    paths: {
      flowmason: ["../.flowmason/types/flowmason.d.ts"],
      zod: ["../.flowmason/types/zod/index.d.ts"],
    },
  },
  include: ["**/*"],
};
