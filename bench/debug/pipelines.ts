/** A chain of stages, each of which gives a text of so many bytes that is like no other's. */
export function chainOf(stages: number, bytes: number): object {
  const stage = (index: number): object => ({
    id: `s${index}`,
    component_type: "json_transform",
    config:
      index === 0
        ? { data: "{{input.text}}", template: "{{data}}" }
        : {
            data: `{{upstream.s${index - 1}.result}}`,
            template: `{{data[${String(index).length}:]}}${index}`,
          },
    ...(index === 0 ? {} : { depends_on: [`s${index - 1}`] }),
  });
  return {
    name: "chain",
    version: "1.0.0",
    input_schema: { type: "object", properties: { text: { type: "string" } } },
    sample_input: { text: "a".repeat(bytes) },
    stages: Array.from({ length: stages }, (_, index) => stage(index)),
  };
}

/** One stage whose output is a list of so many items, and one that takes it. */
export function listOf(items: number): object {
  return {
    name: "list",
    version: "1.0.0",
    sample_input: { items: Array.from({ length: items }, (_, n) => ({ n, name: `item ${n}` })) },
    stages: [
      {
        id: "all",
        component_type: "json_transform",
        config: { data: "{{input.items}}", template: "{{data}}" },
      },
      {
        id: "same",
        component_type: "json_transform",
        depends_on: ["all"],
        config: { data: "{{upstream.all.result}}", template: "{{data}}" },
      },
    ],
  };
}
