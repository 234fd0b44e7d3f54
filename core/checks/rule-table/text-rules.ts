import { readingCode } from "#core/pipeline";
import type { RuleEntry } from "../rule-entry.ts";

/** FM1001 to FM1099: the text and its shape; FM1000: that it cannot be read. */
export const textRules = {
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
} as const satisfies Readonly<Record<string, RuleEntry>>;
