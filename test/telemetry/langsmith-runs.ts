/** A trace as LangSmith's API answers it: an agent that asks a model twice and calls a tool in between. */
const trace = "0b0c7c2e-6c0a-4f0e-9a51-0d7d6c1f0001";
const id = (n: number): string => `0b0c7c2e-6c0a-4f0e-9a51-0d7d6c1f000${n}`;
const at = (ms: number): string => `2026-09-21T09:00:0${(ms / 1000).toFixed(3)}000`;

function run(n: number, parent: number | null, from: number, to: number, more: object): object {
  return {
    id: id(n),
    trace_id: trace,
    parent_run_id: parent === null ? null : id(parent),
    start_time: at(from),
    end_time: at(to),
    status: "success",
    error: null,
    ...more,
  };
}

const model = {
  run_type: "llm",
  name: "ChatOpenAI",
  extra: { metadata: { ls_provider: "openai", ls_model_name: "gpt-4o-mini", ls_temperature: 0.2 } },
};

/** In the order in which the API gives them, the last first. */
export const langsmithRuns: readonly object[] = [
  run(4, 1, 700, 900, {
    ...model,
    error: "RateLimitError('slow down')",
    status: "error",
    inputs: { messages: [{ role: "user", content: "And tomorrow?" }] },
  }),
  run(3, 1, 500, 650, {
    run_type: "tool",
    name: "weather",
    inputs: { city: "Oslo" },
    outputs: { output: "rain" },
  }),
  run(2, 1, 100, 480, {
    ...model,
    tags: ["seq:step:1"],
    prompt_tokens: 42,
    completion_tokens: 9,
    total_cost: "0.0000117",
    inputs: {
      messages: [
        [
          {
            lc: 1,
            type: "constructor",
            id: ["langchain", "schema", "messages", "SystemMessage"],
            kwargs: { content: "Be brief." },
          },
          {
            lc: 1,
            type: "constructor",
            id: ["langchain", "schema", "messages", "HumanMessage"],
            kwargs: { content: [{ type: "text", text: "Weather in Oslo?" }] },
          },
        ],
      ],
    },
    outputs: {
      generations: [[{ text: "I will look.", message: { kwargs: { content: "I will look.", type: "ai" } } }]],
    },
    events: [{ name: "new_token", time: at(300), kwargs: { token: "I" } }],
  }),
  run(1, null, 0, 1000, {
    run_type: "chain",
    name: "agent",
    status: "error",
    error: "RateLimitError('slow down')",
    inputs: { question: "Weather in Oslo?" },
    outputs: null,
  }),
];
