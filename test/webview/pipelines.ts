/** A stage as files write it. */
export interface WrittenStage {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** A pipeline of canonical form. */
export function pipelineText(
  stages: readonly WrittenStage[],
  rest: Readonly<Record<string, unknown>> = {},
): string {
  const written = stages.map((stage) => ({ component_type: "logger", config: { message: "m" }, ...stage }));
  return `${JSON.stringify({ name: "test", version: "1.0.0", stages: written, ...rest }, null, 2)}\n`;
}

/** Three stages in a row, the third by an expression, with a name on the second. */
export const threeStages = pipelineText([
  { id: "fetch", component_type: "http_request", config: { url: "https://example.com" } },
  {
    id: "shape",
    name: "Shape it",
    component_type: "json_transform",
    config: { data: 1 },
    depends_on: ["fetch"],
  },
  { id: "tell", config: { message: "{{ upstream.shape.result }}" } },
]);

/** The map dialect: a loop around a stage and a try with a catch. */
export const nestedStages = JSON.stringify(
  {
    name: "nested",
    stages: {
      load: { component: "http_request", config: { url: "u" } },
      each: {
        component: "foreach",
        depends_on: ["load"],
        config: { items: "{{stages.load.output.body}}" },
        loop_stages: {
          enrich: { component: "generator", config: { prompt: "{{item}}" } },
          guard: {
            component: "trycatch",
            depends_on: ["enrich"],
            try_stages: { save: { component: "logger", config: { message: "s" } } },
            catch_stages: { note: { component: "logger", config: { message: "n" } } },
          },
        },
      },
      report: { component: "logger", depends_on: ["each"], config: { message: "done" } },
    },
  },
  null,
  2,
);
