/** The codes of what reading a text finds. What each means is told in docs/checks.md, which core/checks has a table of. */
export const readingCode = {
  jsonSyntax: "FM1001",
  jsonTrailingComma: "FM1002",
  mergeConflict: "FM1003",
  repeatedKey: "FM1004",
  notAnObject: "FM1005",
  wrongType: "FM1006",
  invalidValue: "FM1007",
  stagesMissing: "FM1008",
  stageWithoutId: "FM1009",
  invalidStageId: "FM1010",
  duplicateStageId: "FM1011",
  stageWithoutType: "FM1012",
  conflictingFields: "FM1013",
  invalidTimeout: "FM1014",
  invalidPosition: "FM1015",
} as const;
