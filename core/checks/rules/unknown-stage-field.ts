import { laterStageFields } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import { misspelt } from "../misspelt.ts";
import type { StageFacts } from "../stage-facts.ts";
import { suppressionKey } from "../suppressions.ts";

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
  "approval",
  "approve",
  "secrets",
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
  "strategy",
  suppressionKey,
];

/** Unknown fields are kept and mean nothing; one that is nearly a known field is a slip of the keyboard. */
export function* unknownStageField({ stage }: StageFacts): Iterable<Finding> {
  for (const { key, keySpan } of stage.fields) {
    if (known.includes(key) || laterStageFields.has(key)) continue;
    const near = misspelt(key, [...known, ...laterStageFields.keys()]);
    if (near === undefined) continue;
    yield {
      rule: "unknown-stage-field",
      message: `A stage has no field "${key}", so this does nothing. Did you mean "${near}"?`,
      span: keySpan,
      fix: { kind: "replace-key", key: near },
    };
  }
}
