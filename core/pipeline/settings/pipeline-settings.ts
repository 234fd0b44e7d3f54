import { outputConfigFaults } from "../delivery/output-config-faults.ts";
import type { JsonNode } from "../json-node.ts";
import type { Field } from "../model.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import { parseDuration } from "../stage/read-timeout.ts";
import { type Budget, readBudget } from "./budget.ts";

/** What the pipeline itself says of its runs. */
export interface PipelineSettings {
  /** Null where nothing is said. */
  readonly maxParallel: number | null;
  readonly timeoutMs: number | null;
  /** What a run may use at most. */
  readonly budget: Budget;
  readonly env: Readonly<Record<string, string>>;
  /** For stages that call models. */
  readonly defaults: {
    readonly provider: string | null;
    readonly model: string | null;
    readonly temperature: number | null;
    readonly maxTokens: number | null;
    readonly topP: number | null;
    readonly stopSequences: readonly string[];
  };
  /** What a run cannot use. */
  readonly faults: readonly { readonly node: JsonNode; readonly message: string }[];
}

/** Reads `concurrency`, `timeout` (seconds or `"30s"`) or `timeout_ms`, `budget`, `env` and `defaults`, and checks `output_config`. */
export function pipelineSettings(fields: readonly Field[]): PipelineSettings {
  const faults: Faults = [...outputConfigFaults(fields)];
  const defaults = fieldsOf(fieldNamed(fields, "defaults")?.value);
  for (const { key, value } of defaults) {
    const kind = DEFAULTS.get(key);
    if (kind === undefined) {
      const message = `"defaults.${key}" is not supported in this version. Write "${key}" at each stage instead.`;
      faults.push({ node: value, message });
    } else if (value.kind !== "null" && !isOfKind(value, kind)) {
      faults.push({ node: value, message: `"defaults.${key}" must be a ${kind}.` });
    }
  }
  return {
    maxParallel: readParallel(fields, faults),
    timeoutMs: readTimeout(fields, faults),
    budget: readBudget(fields, faults),
    env: readEnv(fieldsOf(fieldNamed(fields, "env")?.value), faults),
    defaults: {
      provider: text(defaults, "provider"),
      model: text(defaults, "model"),
      temperature: number(defaults, "temperature"),
      maxTokens: number(defaults, "max_tokens"),
      topP: number(defaults, "top_p"),
      stopSequences: texts(defaults, "stop_sequences"),
    },
    faults,
  };
}

type Faults = { node: JsonNode; message: string }[];

type DefaultKind = "text" | "number" | "list of texts";

const DEFAULTS: ReadonlyMap<string, DefaultKind> = new Map<string, DefaultKind>([
  ["provider", "text"],
  ["model", "text"],
  ["temperature", "number"],
  ["max_tokens", "number"],
  ["top_p", "number"],
  ["stop_sequences", "list of texts"],
]);

function isOfKind(node: JsonNode, kind: DefaultKind): boolean {
  switch (kind) {
    case "text":
      return node.kind === "string";
    case "number":
      return node.kind === "number";
    case "list of texts":
      return (
        node.kind === "string" ||
        (node.kind === "array" && node.items.every((item) => item.kind === "string"))
      );
  }
}

function readParallel(fields: readonly Field[], faults: Faults): number | null {
  const written = fieldNamed(fields, "concurrency")?.value;
  const node = written?.kind === "object" ? fieldNamed(written.properties, "max_parallel")?.value : written;
  if (node === undefined || node.kind === "null") return null;
  if (node.kind === "number" && Number.isInteger(node.value) && node.value > 0) return node.value;
  faults.push({ node, message: '"concurrency.max_parallel" must be a whole number from 1.' });
  return null;
}

function readTimeout(fields: readonly Field[], faults: Faults): number | null {
  const exact = fieldNamed(fields, "timeout_ms")?.value;
  const node = exact ?? fieldNamed(fields, "timeout")?.value;
  if (node === undefined || node.kind === "null") return null;
  const unit = exact === undefined ? 1000 : 1;
  const ms =
    node.kind === "number" ? node.value * unit : node.kind === "string" ? parseDuration(node.value) : null;
  if (ms === null || !(ms > 0)) {
    const message = 'The pipeline\'s "timeout" must be seconds, or text such as "30s" or "5m".';
    faults.push({ node, message });
  }
  return ms;
}

function readEnv(members: readonly Field[], faults: Faults): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const { key, value } of members) {
    if (value.kind === "string" && !value.value.includes("{{")) entries.push([key, value.value]);
    else if (value.kind === "number" || value.kind === "boolean") entries.push([key, String(value.value)]);
    else faults.push({ node: value, message: `"env.${key}" must be text without {{ }}.` });
  }
  return Object.fromEntries(entries);
}

function text(fields: readonly Field[], key: string): string | null {
  const node = fieldNamed(fields, key)?.value;
  return node?.kind === "string" ? node.value : null;
}

function number(fields: readonly Field[], key: string): number | null {
  const node = fieldNamed(fields, key)?.value;
  return node?.kind === "number" ? node.value : null;
}

function texts(fields: readonly Field[], key: string): readonly string[] {
  const node = fieldNamed(fields, key)?.value;
  const items = node?.kind === "array" ? node.items : node?.kind === "string" ? [node] : [];
  return items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
}
