import * as z from "zod";
import { type ComponentDefinition, componentDefinitions } from "#core/component-definitions";

const subpipeline = componentDefinitions.get("subpipeline");
if (subpipeline === undefined) throw new Error("There is no component that calls pipelines.");

/** Component types of these tests: `step` gives what it is told to; `owner` gives a directive. */
export const definitions: ReadonlyMap<string, ComponentDefinition> = new Map(
  [
    definition("step", {
      value: z.unknown().optional(),
      fail: z.string().optional(),
      recoverable: z.boolean().optional(),
      tolerated: z.boolean().optional(),
    }),
    definition(
      "control",
      { directive: z.unknown(), output: z.unknown().optional() },
      { kind: "control-flow" },
    ),
    definition("strict", { text: z.string(), count: z.number().default(3) }),
    definition("slow", { value: z.unknown().optional() }, { timeoutMs: 50 }),
    // With the names that the file format gives them, so that their lists of stages are read.
    definition(
      "foreach",
      {
        items: z.array(z.unknown()),
        loop_stages: z.unknown().optional(),
        parallel: z.int().default(1),
        break_on_error: z.boolean().default(true),
        item_variable: z.string().default("item"),
        index_variable: z.string().default("index"),
      },
      { kind: "control-flow", insteadOfRetry: insteadOfRetryOf("foreach") },
    ),
    definition("conditional", { taken: z.unknown() }, { kind: "control-flow" }),
    definition(
      "trycatch",
      {
        types: z.array(z.string()).default([]),
        swallow: z.boolean().default(false),
        retries: z.int().default(0),
        retry_delay_ms: z.number().default(0),
      },
      { kind: "control-flow", insteadOfRetry: insteadOfRetryOf("trycatch") },
    ),
    definition(
      "return",
      { value: z.unknown(), status: z.string().default("completed") },
      { kind: "control-flow" },
    ),
    definition("variable_set", {
      name: z.string(),
      value: z.unknown(),
      overwrite: z.boolean().default(true),
    }),
    subpipeline,
  ].map((each) => [each.type, each]),
);

export function definition(
  type: string,
  input: z.ZodRawShape,
  more: Partial<
    Pick<
      ComponentDefinition,
      "kind" | "insteadOfRetry" | "timeoutMs" | "requiresModel" | "deferred" | "reads"
    >
  > = {},
): ComponentDefinition {
  return {
    type,
    version: "1.0.0",
    kind: "operator",
    category: "data",
    title: type,
    description: "For tests.",
    icon: "beaker",
    color: "blue",
    unusable: null,
    input: z.object(input),
    output: z.object({}),
    inputAliases: {},
    modernise: (inputs) => inputs,
    outputAliases: {},
    passes: {},
    deferred: {},
    refuse: () => [],
    reads: [],
    requiresModel: false,
    idempotent: true,
    timeoutMs: null,
    insteadOfRetry: null,
    ...more,
  };
}

/** As the real component of that type has it. */
function insteadOfRetryOf(type: string): string | null {
  return componentDefinitions.get(type)?.insteadOfRetry ?? null;
}
