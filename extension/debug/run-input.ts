import { type JsonNode, nodeToJson, type PipelineDocument } from "#core/pipeline";

/** Where a run's input comes from when the launch configuration names none. */
export type RunInput =
  /** Nothing is required: run with an empty input and the defaults. */
  | { readonly kind: "none" }
  /** The file's own `sample_input`. */
  | { readonly kind: "sample"; readonly input: unknown }
  /** These must be asked for. */
  | { readonly kind: "missing"; readonly required: readonly RequiredInput[] };

export interface RequiredInput {
  readonly name: string;
  /** Of the input schema; null when it does not say. */
  readonly type: string | null;
  readonly description: string | null;
}

/** What the pipeline offers or needs as input. */
export function runInputOf({ pipeline }: PipelineDocument): RunInput {
  if (pipeline.sampleInput !== null) return { kind: "sample", input: nodeToJson(pipeline.sampleInput) };
  const properties = member(pipeline.inputSchema, "properties");
  const required = items(member(pipeline.inputSchema, "required")).flatMap((node) =>
    node.kind === "string" ? [node.value] : [],
  );
  const missing = required.filter((name) => member(member(properties, name), "default") === null);
  if (missing.length === 0) return { kind: "none" };
  return {
    kind: "missing",
    required: missing.map((name) => {
      const schema = member(properties, name);
      return { name, type: text(member(schema, "type")), description: text(member(schema, "description")) };
    }),
  };
}

/** A JSON object to start from: every required name with an empty value of its type. */
export function inputSkeleton(required: readonly RequiredInput[]): string {
  const members = required.map(({ name, type }) => `${JSON.stringify(name)}: ${emptyOf(type)}`);
  return `{ ${members.join(", ")} }`;
}

/** What is wrong with a typed input, for the user; null when nothing is. */
export function inputProblem(typed: string, required: readonly RequiredInput[]): string | null {
  let input: unknown;
  try {
    input = JSON.parse(typed);
  } catch (error) {
    return `Not JSON yet: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (typeof input !== "object" || input === null || Array.isArray(input))
    return "The input is a JSON object: { … }.";
  const absent = required.filter(({ name }) => !Object.hasOwn(input, name)).map(({ name }) => name);
  return absent.length === 0 ? null : `Missing: ${absent.join(", ")}.`;
}

function emptyOf(type: string | null): string {
  return (type === null ? undefined : EMPTY.get(type)) ?? '""';
}

const EMPTY: ReadonlyMap<string, string> = new Map([
  ["number", "0"],
  ["integer", "0"],
  ["boolean", "false"],
  ["array", "[]"],
  ["object", "{}"],
]);

function member(node: JsonNode | null, key: string): JsonNode | null {
  if (node?.kind !== "object") return null;
  return node.properties.findLast((property) => property.key === key)?.value ?? null;
}

function items(node: JsonNode | null): readonly JsonNode[] {
  return node?.kind === "array" ? node.items : [];
}

function text(node: JsonNode | null): string | null {
  return node?.kind === "string" ? node.value : null;
}
