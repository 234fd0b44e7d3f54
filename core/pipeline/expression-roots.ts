/** The names that stand for something in every expression, and never for a stage (design, "Expressions"). */
export const expressionRoots: ReadonlySet<string> = new Set([
  "input",
  "upstream",
  "stages",
  "env",
  "secrets",
  "context",
  "vars",
  "matrix",
  "error",
]);
