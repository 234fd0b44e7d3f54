import { componentFileCode } from "#core/component-definitions";
import { readingCode } from "#core/pipeline";
import type { RuleEntry } from "./rule-entry.ts";

/**
 * Every rule by its name: the one table that codes, documentation, settings and SARIF come from. A code is for ever:
 * one that is given up is not given again. FM1001 to FM1099 are about the text and its shape, 1100 about fields, 1200
 * about what names mean and how stages fit together, 1300 about inheritance, 1400 about commands and approvals, 1450
 * about components of one's own. Reasons of the planner are FM2xxx.
 */
export const ruleTable = {
  "unreadable-file": { code: "FM1000", severity: "error", title: "A file that cannot be read" },
  "json-syntax": { code: readingCode.jsonSyntax, severity: "error", title: "Text that is no JSON" },
  "json-trailing-comma": {
    code: readingCode.jsonTrailingComma,
    severity: "warning",
    title: "A comma after the last entry",
  },
  "merge-conflict": {
    code: readingCode.mergeConflict,
    severity: "error",
    title: "A conflict that a merge left",
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
  "unknown-component": { code: "FM1101", severity: "error", title: "A component that does not exist" },
  "component-not-available": {
    code: "FM1102",
    severity: "warning",
    title: "A component that this version cannot run",
  },
  "unsupported-field": {
    code: "FM1103",
    severity: "error",
    title: "A field that this version does not carry out",
  },
  "unknown-stage-field": { code: "FM1104", severity: "warning", title: "A misspelt field of a stage" },
  "unknown-config-key": { code: "FM1105", severity: "warning", title: "An input that the component lacks" },
  "missing-input": { code: "FM1106", severity: "error", title: "A required input that is not given" },
  "invalid-config-value": { code: "FM1107", severity: "error", title: "A constant that the input refuses" },
  "invalid-setting": { code: "FM1108", severity: "error", title: "A pipeline setting that cannot be used" },
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
  "unreachable-stage": { code: "FM1217", severity: "warning", title: "A stage that never runs" },
  "unused-output": { code: "FM1218", severity: "hint", title: "An output that nothing reads" },
  "unknown-output-stage": { code: "FM1219", severity: "error", title: "An output stage that does not exist" },
  "inheritance-not-available": {
    code: "FM1301",
    severity: "warning",
    title: "A parent that this version does not join",
  },
  "abstract-stage": { code: "FM1302", severity: "error", title: "A stage that nothing fills" },
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
