import { nearest } from "#core/expressions";
import { declaresNothing } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** Fields that a stage may have and that do something (facts, section 1.1; design, "The pipeline file"). */
const known = [
  "id",
  "component_type",
  "component",
  "type",
  "uses",
  "name",
  "description",
  "config",
  "input_mapping",
  "inputs",
  "outputs",
  "depends_on",
  "position",
  "llm_settings",
  "provider",
  "model",
  "when",
  "skip_if",
  "trigger_rule",
  "timeout",
  "timeout_ms",
  "retry",
  "retry_config",
  "error_handling",
  "on_error",
  "enabled",
  "idempotent",
  "metadata",
  "true_stages",
  "false_stages",
  "true_branch_stages",
  "false_branch_stages",
  "loop_stages",
  "try_stages",
  "catch_stages",
  "finally_stages",
  "routes",
  "branches",
  "default_route",
  "default_branch",
  "tags",
];

/** Fields of the format that a later version carries out: a run that ignored one would do something else than it says. */
const later: ReadonlyMap<string, string> = new Map([
  ["approval", "waiting for a person's approval"],
  ["approve", "waiting for a person's approval"],
  ["artifacts", "artifacts"],
  ["cache", "caching of outputs"],
  ["container", "running in a container"],
  ["resources", "resource limits"],
  ["runs_on", "running on other machines"],
  ["secrets", "secrets of a stage"],
  ["services", "service containers"],
  ["strategy", "a matrix of stages"],
]);

/** Unknown fields are kept and mean nothing; one that is nearly a known field is a slip of the keyboard. */
export function* stageFields({ stage }: StageFacts): Iterable<Finding> {
  for (const { key, keySpan, value } of stage.fields) {
    const feature = later.get(key);
    if (feature !== undefined && !declaresNothing(value)) {
      yield {
        code: "unsupported-field",
        severity: "error",
        message: `"${key}" is not supported in this version (${feature}), so a run will not start. Remove it, or wait for a later version.`,
        span: keySpan,
      };
    }
    if (feature !== undefined || known.includes(key)) continue;
    const near = misspelt(key);
    if (near === undefined) continue;
    yield {
      code: "unknown-stage-field",
      severity: "warning",
      message: `A stage has no field "${key}", so this does nothing. Did you mean "${near}"?`,
      span: keySpan,
    };
  }
}

/** A known field within a slip of the keyboard; `nearest` also finds names that merely contain another. */
function misspelt(key: string): string | undefined {
  const near = nearest(key, [...known, ...later.keys()]);
  const slip = Math.max(1, Math.floor(key.length / 3));
  return near !== undefined && Math.abs(near.length - key.length) <= slip ? near : undefined;
}
