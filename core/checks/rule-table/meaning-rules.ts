import type { RuleEntry } from "../rule-entry.ts";

/** FM1200 to FM1299: what names mean, and how stages fit together. */
export const meaningRules = {
  "expression-syntax": { code: "FM1201", severity: "error", title: "Text that is no expression" },
  "unknown-name": { code: "FM1202", severity: "error", title: "A name that stands for nothing" },
  "unknown-stage": { code: "FM1203", severity: "error", title: "An expression that names no stage" },
  "unknown-output-field": { code: "FM1204", severity: "error", title: "A field that the output lacks" },
  "unknown-input": { code: "FM1205", severity: "warning", title: "An input that the schema lacks" },
  "self-reference": { code: "FM1206", severity: "error", title: "A stage that reads its own output" },
  "loop-body-reference": { code: "FM1207", severity: "error", title: "A stage of a loop read from outside" },
  "shadowed-name": { code: "FM1208", severity: "warning", title: "A name that hides another" },
  "unknown-dependency": { code: "FM1211", severity: "error", title: "A dependency that does not exist" },
  "self-dependency": { code: "FM1212", severity: "error", title: "A stage that waits for itself" },
  "dependency-cycle": { code: "FM1213", severity: "error", title: "Stages that wait for each other" },
  "implicit-dependency": {
    code: "FM1214",
    severity: "information",
    title: "A dependency that is not written down",
  },
  "unknown-branch-stage": {
    code: "FM1215",
    severity: "error",
    title: "A branch or body that names no stage",
  },
  "stage-in-two-bodies": { code: "FM1216", severity: "error", title: "A stage in two places" },
  "unreachable-stage": {
    code: "FM1217",
    severity: "warning",
    title: "A stage that never runs",
    unnecessary: true,
  },
  "unused-output": {
    code: "FM1218",
    severity: "hint",
    title: "An output that nothing reads",
    unnecessary: true,
  },
  "unknown-output-stage": { code: "FM1219", severity: "error", title: "An output stage that does not exist" },
  "type-mismatch": { code: "FM1220", severity: "error", title: "A value that the input cannot take" },
  "skippable-reference": { code: "FM1221", severity: "hint", title: "A stage that is skipped with another" },
  "exclusive-references": { code: "FM1222", severity: "warning", title: "A stage that reads two branches" },
  "prompt-placeholder": { code: "FM1223", severity: "warning", title: "A name in single braces in a prompt" },
  "unknown-called-pipeline": { code: "FM1224", severity: "error", title: "A call of no pipeline" },
  "call-cycle": { code: "FM1225", severity: "error", title: "Pipelines that call each other without end" },
  "invalid-matrix": { code: "FM1226", severity: "error", title: "A matrix without legs to run" },
  "ineffective-retry": { code: "FM1227", severity: "error", title: "A retry that would never happen" },
  "uncallable-pipeline": { code: "FM1228", severity: "error", title: "A call of a pipeline that cannot run" },
  "unfitting-call-input": {
    code: "FM1229",
    severity: "error",
    title: "An input that the called pipeline does not take",
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;
