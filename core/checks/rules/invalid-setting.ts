import { fieldNamed, type JsonNode, parseDuration } from "#core/pipeline";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** The pipeline's own `concurrency`, `timeout`, `env` and `defaults` must be what a run can use. */
export function* invalidSetting({ document: { pipeline } }: PipelineView): Iterable<PlacedFinding> {
  const { fields } = pipeline;
  yield* concurrency(fieldNamed(fields, "concurrency")?.value);
  yield* timeout(fieldNamed(fields, "timeout")?.value);
  for (const { key, value } of membersOf(fieldNamed(fields, "env")?.value)) {
    const usable =
      value.kind === "string"
        ? !value.value.includes("{{")
        : value.kind === "number" || value.kind === "boolean";
    if (!usable) yield invalid(value, `"env.${key}" must be text without {{ }}.`);
  }
  for (const { key, value } of membersOf(fieldNamed(fields, "defaults")?.value)) {
    if (defaults.has(key)) continue;
    yield invalid(
      value,
      `"defaults.${key}" is not supported in this version. Write "${key}" at each stage instead.`,
    );
  }
}

const defaults: ReadonlySet<string> = new Set([
  "provider",
  "model",
  "temperature",
  "max_tokens",
  "top_p",
  "stop_sequences",
]);

function* concurrency(written: JsonNode | undefined): Iterable<PlacedFinding> {
  const node = written?.kind === "object" ? fieldNamed(written.properties, "max_parallel")?.value : written;
  if (node === undefined || node.kind === "null" || node.kind === "error") return;
  if (node.kind === "number" && Number.isInteger(node.value) && node.value > 0) return;
  yield invalid(node, '"concurrency.max_parallel" must be a whole number from 1.');
}

function* timeout(node: JsonNode | undefined): Iterable<PlacedFinding> {
  if (node === undefined || node.kind === "null" || node.kind === "error") return;
  const duration =
    node.kind === "number" ? node.value : node.kind === "string" ? parseDuration(node.value) : null;
  if (duration !== null && duration > 0) return;
  yield invalid(node, 'The pipeline\'s "timeout" must be seconds, or text such as "30s" or "5m".');
}

function membersOf(
  node: JsonNode | undefined,
): readonly { readonly key: string; readonly value: JsonNode }[] {
  return node?.kind === "object" ? node.properties : [];
}

function invalid(node: JsonNode, message: string): PlacedFinding {
  return { stage: null, rule: "invalid-setting", message, span: node.span };
}
