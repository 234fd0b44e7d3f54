import { contains } from "../functions/contains.ts";
import type {
  Binary,
  BinaryOperator,
  Comparison,
  ComparisonOperator,
  Expression,
  Unary,
} from "../syntax/expression.ts";
import type { Value } from "../value.ts";
import { type Budget, takeSize, takeSteps } from "./budget.ts";
import { atPlace, compile } from "./compile.ts";
import { fail } from "./fault.ts";
import type { Compiling, Step } from "./frame.ts";
import { sourceOf } from "./source-of.ts";
import { asNumber, compareValues, describe, isEqual, isList, toText } from "./values.ts";

/** Compiles `-a` and `+a`. */
export function compileUnary(unary: Unary, compiling: Compiling): Step {
  const operand = compile(unary.operand, compiling);
  const sign = unary.operator === "-" ? -1 : 1;
  return (frame) => {
    const value = operand(frame);
    const number = asNumber(value);
    if (number !== undefined) return plainZero(number * sign);
    return atPlace(unary, () =>
      fail("type", `"${unary.operator}" needs a number, and ${shown(unary.operand, value)}.`),
    );
  };
}

/** Compiles arithmetic, and what `+`, `*` and `~` do with texts and lists. */
export function compileBinary(binary: Binary, compiling: Compiling): Step {
  const [left, right] = [compile(binary.left, compiling), compile(binary.right, compiling)];
  const { operator } = binary;
  return (frame) => {
    const [one, other] = [left(frame), right(frame)];
    if (typeof one === "number" && typeof other === "number" && operator !== "~") {
      const result = calculate(operator, one, other);
      if (Number.isFinite(result)) return plainZero(result);
    }
    return atPlace(binary, () => operate(binary, one, other, frame.budget));
  };
}

/** JSON has no -0. */
function plainZero(number: number): number {
  return number === 0 ? 0 : number;
}

function operate(binary: Binary, one: Value, other: Value, budget: Budget): Value {
  const { operator } = binary;
  if (operator === "~") return concatenate(toText(one, budget), toText(other, budget), budget);
  const [left, right] = [asNumber(one), asNumber(other)];
  if (left !== undefined && right !== undefined) {
    const result = calculate(operator, left, right);
    if (Number.isFinite(result)) return plainZero(result);
    return fail("arithmetic", explainNumber(operator, left, right));
  }
  if (operator === "+") {
    if (typeof one === "string" && typeof other === "string") return concatenate(one, other, budget);
    if (isList(one) && isList(other)) {
      takeSize(budget, one.length + other.length);
      takeSteps(budget, (one.length + other.length) / 4);
      return [...one, ...other];
    }
  }
  if (operator === "*") {
    if (right !== undefined && (typeof one === "string" || isList(one))) return repeat(one, right, budget);
    if (left !== undefined && (typeof other === "string" || isList(other)))
      return repeat(other, left, budget);
  }
  return fail("type", explainKinds(binary, one, other));
}

function calculate(operator: Exclude<BinaryOperator, "~">, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "//":
      return Math.floor(left / right);
    case "%":
      return modulo(left, right);
    case "**":
      return left ** right;
  }
}

/** The sign of the result is the divisor's, as in Python. */
function modulo(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}

function explainNumber(operator: string, left: number, right: number): string {
  if (right === 0 && operator !== "**")
    return `${left} ${operator} 0 is a division by zero; guard it, as in a / b if b else 0.`;
  if (operator === "**" && left === 0) return `0 ** ${right} is a division by zero.`;
  if (operator === "**" && left < 0) return `${left} ** ${right} is no real number.`;
  return `${left} ${operator} ${right} is too large for a number.`;
}

function concatenate(one: string, other: string, budget: Budget): string {
  takeSize(budget, one.length + other.length);
  return one + other;
}

function repeat(value: string | readonly Value[], times: number, budget: Budget): Value {
  if (!Number.isInteger(times))
    fail("type", `"*" repeats a text or list a whole number of times, not ${times}.`);
  const count = Math.max(0, times);
  takeSize(budget, value.length * count);
  if (typeof value === "string") return value === "" ? "" : value.repeat(count);
  takeSteps(budget, (value.length * count) / 4);
  const items: Value[] = [];
  if (value.length > 0) for (let time = 0; time < count; time++) for (const item of value) items.push(item);
  return items;
}

function explainKinds({ operator, left, right }: Binary, one: Value, other: Value): string {
  const operands = `${shown(left, one)} and ${shown(right, other)}`;
  if (operator === "+" && (typeof one === "string" || typeof other === "string")) {
    return `"+" adds two numbers, two texts or two lists, and ${operands}; to join as text write ~ instead.`;
  }
  return `"${operator}" needs numbers, and ${operands}.`;
}

/** An operand for a message: its source, where that says more than the value, and what it is. */
function shown(expression: Expression, value: Value): string {
  return expression.kind === "literal"
    ? `one is ${describe(value)}`
    : `${sourceOf(expression)} is ${describe(value)}`;
}

/** Compiles a chain of comparisons; each neighbours are compared, and each operand is evaluated once. */
export function compileComparison(comparison: Comparison, compiling: Compiling): Step {
  const first = compile(comparison.first, compiling);
  const rest = comparison.rest.map(({ operator, operand }, index) => ({
    operator,
    step: compile(operand, compiling),
    left: comparison.rest[index - 1]?.operand ?? comparison.first,
    right: operand,
  }));
  return (frame) => {
    let left = first(frame);
    for (const each of rest) {
      const right = each.step(frame);
      takeSteps(frame.budget, 1);
      if (!holds(each.operator, left, right, each, comparison, frame.budget)) return false;
      left = right;
    }
    return true;
  };
}

function holds(
  operator: ComparisonOperator,
  left: Value,
  right: Value,
  operands: { readonly left: Expression; readonly right: Expression },
  at: Expression,
  budget: Budget,
): boolean {
  if (operator === "==") return left === right || atPlace(at, () => isEqual(left, right, budget));
  if (operator === "!=") return atPlace(at, () => !isEqual(left, right, budget));
  if (operator === "in" || operator === "not in") {
    return atPlace(at, () => {
      if (right === null || typeof right === "number" || typeof right === "boolean") {
        fail(
          "type",
          `"${operator}" looks in a list, a text or an object, and ${shown(operands.right, right)}.`,
        );
      }
      return contains(right, left, budget) === (operator === "in");
    });
  }
  if (typeof left === "number" && typeof right === "number") return isOrdered(operator, left - right);
  return atPlace(at, () => {
    if (!haveOrder(left, right)) {
      fail(
        "type",
        `"${operator}" compares two numbers, two texts or two lists, and ${shown(operands.left, left)} and ${shown(operands.right, right)}.`,
      );
    }
    return isOrdered(operator, compareValues(left, right, budget));
  });
}

function haveOrder(left: Value, right: Value): boolean {
  if (asNumber(left) !== undefined) return asNumber(right) !== undefined;
  return (typeof left === "string" && typeof right === "string") || (isList(left) && isList(right));
}

function isOrdered(operator: "<" | "<=" | ">" | ">=", order: number): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}
