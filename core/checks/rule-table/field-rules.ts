import type { RuleEntry } from "../rule-entry.ts";

/** FM1100 to FM1199: fields of stages and of the pipeline, and their values. */
export const fieldRules = {
  "unknown-component": { code: "FM1101", severity: "error", title: "A component that does not exist" },
  "unsupported-field": {
    code: "FM1103",
    severity: "error",
    title: "A field that this version does not carry out",
  },
  "unknown-stage-field": { code: "FM1104", severity: "warning", title: "A misspelt field of a stage" },
  "unknown-config-key": {
    code: "FM1105",
    severity: "warning",
    title: "An input that the component lacks",
    unnecessary: true,
  },
  "missing-input": { code: "FM1106", severity: "error", title: "A required input that is not given" },
  "invalid-config-value": { code: "FM1107", severity: "error", title: "A constant that the input refuses" },
  "invalid-setting": { code: "FM1108", severity: "error", title: "A pipeline setting that cannot be used" },
  "unknown-pipeline-field": {
    code: "FM1109",
    severity: "warning",
    title: "A misspelt field of the pipeline",
  },
  "unknown-setting-key": {
    code: "FM1110",
    severity: "warning",
    title: "A key that a setting does not have",
    unnecessary: true,
  },
  "field-without-effect": {
    code: "FM1111",
    severity: "warning",
    title: "A field that another one overrules",
    unnecessary: true,
  },
  "literal-secret": { code: "FM1112", severity: "warning", title: "A secret that stands in the file" },
  "older-spelling": { code: "FM1190", severity: "hint", title: "An older way of writing a pipeline" },
} as const satisfies Readonly<Record<string, RuleEntry>>;
