import { componentFileCode } from "#core/component-definitions";
import { inheritanceCode, readingCode } from "#core/pipeline";
import type { RuleEntry } from "./rule-entry.ts";

/**
 * Every rule by its name: the one table that codes, documentation, settings and SARIF come from. A code is for ever:
 * one that is given up, as FM1102 is, is not given again. FM1001 to FM1099 are about the text and its shape, 1100 about fields, 1200
 * about what names mean and how stages fit together, 1300 about inheritance, 1400 about commands and approvals, 1450
 * about components of one's own. Reasons of the planner are FM2xxx.
 */
export const ruleTable = {
  "unreadable-file": { code: "FM1000", severity: "error", title: "A file that cannot be read", fixed: true },
  "json-syntax": {
    code: readingCode.jsonSyntax,
    severity: "error",
    title: "Text that is no JSON",
    fixed: true,
  },
  "json-trailing-comma": {
    code: readingCode.jsonTrailingComma,
    severity: "warning",
    title: "A comma after the last entry",
  },
  "merge-conflict": {
    code: readingCode.mergeConflict,
    severity: "error",
    title: "A conflict that a merge left",
    fixed: true,
  },
  "repeated-key": { code: readingCode.repeatedKey, severity: "warning", title: "A key that stands twice" },
  "not-an-object": {
    code: readingCode.notAnObject,
    severity: "error",
    title: "A pipeline or stage that is no object",
  },
  "wrong-type": {
    code: readingCode.wrongType,
    severity: "error",
    title: "A field with the wrong kind of value",
  },
  "invalid-value": {
    code: readingCode.invalidValue,
    severity: "error",
    title: "A value that the field cannot have",
  },
  "stages-missing": {
    code: readingCode.stagesMissing,
    severity: "error",
    title: "A pipeline without stages",
  },
  "stage-without-id": { code: readingCode.stageWithoutId, severity: "error", title: "A stage without an id" },
  "invalid-stage-id": {
    code: readingCode.invalidStageId,
    severity: "error",
    title: "An id that no expression can name",
  },
  "duplicate-stage-id": {
    code: readingCode.duplicateStageId,
    severity: "error",
    title: "Two stages with one id",
  },
  "stage-without-type": {
    code: readingCode.stageWithoutType,
    severity: "error",
    title: "A stage without a component",
  },
  "conflicting-fields": {
    code: readingCode.conflictingFields,
    severity: "error",
    title: "Fields that contradict each other",
  },
  "invalid-timeout": {
    code: readingCode.invalidTimeout,
    severity: "error",
    title: "A time limit that is no duration",
  },
  "invalid-position": {
    code: readingCode.invalidPosition,
    severity: "warning",
    title: "A position that cannot be drawn",
  },
  "invalid-suppression": {
    code: "FM1016",
    severity: "warning",
    title: "A suppression of no rule",
    fixed: true,
  },
  "unused-suppression": {
    code: "FM1017",
    severity: "warning",
    title: "A suppression of nothing",
    fixed: true,
    unnecessary: true,
  },
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
  "parent-not-found": {
    code: inheritanceCode.parentNotFound,
    severity: "error",
    title: "A parent that does not exist",
  },
  "abstract-stage": { code: "FM1302", severity: "error", title: "A stage that nothing fills" },
  "circular-inheritance": {
    code: inheritanceCode.circularInheritance,
    severity: "error",
    title: "Pipelines that extend each other",
  },
  "broken-parent": {
    code: inheritanceCode.brokenParent,
    severity: "error",
    title: "A parent that cannot be read",
  },
  "invalid-override-target": {
    code: inheritanceCode.invalidOverrideTarget,
    severity: "error",
    title: "An override of no stage",
  },
  "invalid-override-config": {
    code: inheritanceCode.invalidOverrideConfig,
    severity: "error",
    title: "An override that cannot be carried out",
  },
  "orphan-overrides": {
    code: inheritanceCode.orphanOverrides,
    severity: "warning",
    title: "Overrides without a parent",
  },
  "replaced-override": {
    code: inheritanceCode.replacedOverride,
    severity: "warning",
    title: "An override of a stage that is replaced",
  },
  "unnecessary-abstract": {
    code: "FM1309",
    severity: "warning",
    title: "An abstract pipeline that could run",
  },
  "abstract-stage-has-config": {
    code: "FM1310",
    severity: "warning",
    title: "A configuration of no component",
  },
  "missing-composition-pipeline": {
    code: inheritanceCode.missingCompositionPipeline,
    severity: "error",
    title: "A composition of nothing",
  },
  "invalid-composition-dependency": {
    code: inheritanceCode.invalidCompositionDependency,
    severity: "error",
    title: "A composition that waits for no stage",
  },
  "composed-pipeline-not-found": {
    code: inheritanceCode.composedPipelineNotFound,
    severity: "error",
    title: "A composed pipeline that does not exist",
  },
  "cannot-compose-abstract": {
    code: inheritanceCode.cannotComposeAbstract,
    severity: "error",
    title: "A composed pipeline that cannot run",
  },
  "invalid-composition": {
    code: inheritanceCode.invalidComposition,
    severity: "error",
    title: "A composition that cannot be read",
  },
  "no-project": {
    code: inheritanceCode.noProject,
    severity: "warning",
    title: "A parent that cannot be looked for",
  },
  "unquoted-shell-value": {
    code: "FM1400",
    severity: "warning",
    title: "A value that a shell reads as a command",
  },
  "invalid-approval": { code: "FM1401", severity: "error", title: "An approval that asks nothing" },
  "undeclared-secret": { code: "FM1410", severity: "error", title: "A secret that is not declared" },
  "secret-operation": { code: "FM1411", severity: "error", title: "An operation on a secret" },
  "invalid-secrets": { code: "FM1412", severity: "error", title: "Secrets that do not say which" },
  "component-version": {
    code: "FM1450",
    severity: "error",
    title: "A component of another version",
  },
  "broken-component": {
    code: componentFileCode.broken,
    severity: "error",
    title: "A module of components that cannot be loaded",
  },
  "component-name-taken": {
    code: componentFileCode.nameTaken,
    severity: "error",
    title: "Two components of one name",
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;
