// The expression language: what stands between {{ and }}, and bare in conditions, breakpoints and watches. Text is
// parsed once into syntax with ranges, compiled once to closures, and evaluated under a step and size budget.
// It must never execute code from a file, reach a prototype, do unbounded work, or know what a pipeline is: names
// come in through a Scope. Mistakes are problems and errors, never exceptions. Reference: docs/expressions.md.

export { type EvaluateOptions, type Evaluation, evaluate } from "./evaluate/evaluate.ts";
export type { ExpressionError, ExpressionErrorCode } from "./evaluate/fault.ts";
export { isTrue } from "./evaluate/values.ts";
export { functionReference, type NamedSignature } from "./function-reference.ts";
export { inferType, type TypeOfPath } from "./infer/infer-type.ts";
export type { Kind } from "./infer/kinds.ts";
export {
  anyType,
  atPlaceOf,
  listOf,
  neverType,
  nullType,
  objectWith,
  plain,
  stepInto,
  textType,
  tupleOf,
  unionOf,
  type ValueType,
} from "./infer/value-type.ts";
export { type PlainReference, plainReferences } from "./plain-references.ts";
export { type Reference, references } from "./references.ts";
export type { AbsentReason, Binding, OutputAliases, OutputPath, Scope, StageBinding } from "./scope.ts";
export { SECRET_MISUSE, secretMisuses } from "./secret-uses.ts";
export { childrenOf } from "./syntax/children.ts";
export type { Expression, Range } from "./syntax/expression.ts";
export { nearest } from "./syntax/nearest.ts";
export { parseExpression } from "./syntax/parse-expression.ts";
export { expressionTree } from "./syntax/parse-source.ts";
export { isTemplate, parseTemplate, templateTree, wholeExpression } from "./syntax/parse-template.ts";
export type {
  Branch,
  ConditionPart,
  ParsedExpression,
  ParsedTemplate,
  TemplatePart,
} from "./syntax/parsed.ts";
export { print } from "./syntax/print.ts";
export type { ExpressionProblem, ExpressionProblemCode } from "./syntax/problem.ts";
export type { Value, ValueObject } from "./value.ts";
