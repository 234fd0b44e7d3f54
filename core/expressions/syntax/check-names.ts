import { bindArguments } from "../functions/bind-arguments.ts";
import type { Definition } from "../functions/definition.ts";
import { functionTable } from "../functions/function-table.ts";
import { testTable } from "../functions/tests.ts";
import { methodsNamed, methodTables } from "../methods/method-tables.ts";
import { childrenOf } from "./children.ts";
import type { Arguments, Expression, FunctionCall, MethodCall, Range, Test } from "./expression.ts";
import { nearest } from "./nearest.ts";
import type { ExpressionProblem, ExpressionProblemCode } from "./problem.ts";

/** Finds functions, methods and tests that do not exist, arguments that do not fit theirs, and numbers that are none. */
export function checkNames(expression: Expression, problems: ExpressionProblem[]): void {
  for (const child of childrenOf(expression)) checkNames(child, problems);
  if (expression.kind === "call") checkCall(expression, problems);
  else if (expression.kind === "method") checkMethod(expression, problems);
  else if (expression.kind === "test") checkTest(expression, problems);
  else if (
    expression.kind === "literal" &&
    typeof expression.value === "number" &&
    !Number.isFinite(expression.value)
  ) {
    const { start, end } = expression;
    problems.push({ code: "syntax", message: "This is too large for a number.", start, end });
  }
}

function checkCall(
  { name, nameRange, style, arguments: given }: FunctionCall,
  problems: ExpressionProblem[],
): void {
  const definition = functionTable.get(name);
  const misfit = definition === undefined ? undefined : misfitOf(definition, given, 0);
  report(
    {
      range: nameRange,
      code: "unknown-function",
      kind: style === "call" ? "function" : "filter",
      name,
      names: () => functionTable.keys(),
      misfit,
    },
    problems,
  );
}

function checkMethod({ name, nameRange, arguments: given }: MethodCall, problems: ExpressionProblem[]): void {
  const misfits = methodsNamed(name).map((definition) => misfitOf(definition, given, 1));
  const misfit = misfits.includes("") ? "" : misfits[0];
  const names = (): Iterable<string> => Object.values(methodTables).flatMap((table) => [...table.keys()]);
  report({ range: nameRange, code: "unknown-method", kind: "method", name, names, misfit }, problems);
}

function checkTest({ name, nameRange, arguments: given }: Test, problems: ExpressionProblem[]): void {
  const definition = testTable.get(name);
  const misfit = definition === undefined ? undefined : misfitOf(definition, given, 1);
  report(
    { range: nameRange, code: "unknown-test", kind: "test", name, names: () => testTable.keys(), misfit },
    problems,
  );
}

/** What is wrong with the arguments; empty when they fit. */
function misfitOf(
  definition: Definition<unknown>,
  { positional, named }: Arguments,
  received: number,
): string {
  const names = named.map(({ name }) => name);
  const binding = bindArguments(definition.signature, positional.length + received, names);
  return binding.ok ? "" : binding.message;
}

interface Finding {
  readonly range: Range;
  readonly code: ExpressionProblemCode;
  readonly kind: string;
  readonly name: string;
  /** What could have been meant. */
  readonly names: () => Iterable<string>;
  /** What is wrong with the arguments; undefined when nothing has the name. */
  readonly misfit: string | undefined;
}

function report({ range, code, kind, name, names, misfit }: Finding, problems: ExpressionProblem[]): void {
  const { start, end } = range;
  if (misfit === undefined) {
    const suggestion = nearest(name, names());
    const hint = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
    problems.push({ code, message: `There is no ${kind} ${name}.${hint}`, start, end });
  } else if (misfit !== "") problems.push({ code: "arguments", message: misfit, start, end });
}
