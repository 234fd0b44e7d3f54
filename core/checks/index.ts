// One file per rule: a pipeline in, problems with stable codes and exact ranges out. The editor, the command line and
// a run ask the same function, so they agree. It reads nothing but the document it is given and what the components
// declare, and it must never throw for a file, however broken, nor report what a run would take.
export { callOf } from "./called-pipelines.ts";
export { type CheckOptions, checkPipeline } from "./check-pipeline.ts";
export { type ExpressionScope, expressionScope, type ScopeName } from "./expression-scope.ts";
export { ruleTable } from "./rule-table.ts";
export { usesOlderSpelling } from "./rules/older-spelling.ts";
export { type CheckRule, type RuleName, ruleOf, rules } from "./rules.ts";
export { type ReadSeverities, readSeverities, type Severities } from "./severities.ts";
export type { CheckResult, SuppressedProblem } from "./suppress.ts";
