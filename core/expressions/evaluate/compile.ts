import type { Conditional, Expression, Logical, Not } from "../syntax/expression.ts";
import type { Value } from "../value.ts";
import { takeSize } from "./budget.ts";
import { compileCall, compileTest } from "./compile-call.ts";
import { compileComprehension } from "./compile-comprehension.ts";
import { compileBinary, compileComparison, compileUnary } from "./compile-operator.ts";
import { compilePath } from "./compile-path.ts";
import { Fault, fail, located } from "./fault.ts";
import type { Compiling, Frame, Step } from "./frame.ts";
import { guard, settle } from "./guard.ts";
import { valueOf } from "./reach.ts";
import { describe, isTrue, setMember, toText } from "./values.ts";

/** Compiles an expression to a closure. The depth of expressions is bounded when they are parsed. */
export function compile(expression: Expression, compiling: Compiling): Step {
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      return () => value;
    }
    case "interpolated":
      return compileInterpolated(expression.parts, compiling);
    case "name":
    case "member":
    case "index":
    case "slice":
    case "method": {
      const walk = compilePath(expression, compiling);
      return (frame) => valueOf(walk(frame), expression);
    }
    case "call":
      return compileCall(expression, compiling);
    case "test":
      return compileTest(expression, compiling);
    case "unary":
      return compileUnary(expression, compiling);
    case "binary":
      return compileBinary(expression, compiling);
    case "comparison":
      return compileComparison(expression, compiling);
    case "not":
      return compileNot(expression, compiling);
    case "logical":
      return compileLogical(expression, compiling);
    case "conditional":
      return compileConditional(expression, compiling);
    case "list": {
      const items = expression.items.map((item) => compile(item, compiling));
      return (frame) => {
        takeSize(frame.budget, items.length + 1);
        return items.map((item) => item(frame));
      };
    }
    case "dictionary": {
      const entries = expression.entries.map(({ key, value }) => ({
        at: key,
        key: compile(key, compiling),
        value: compile(value, compiling),
      }));
      return (frame) => {
        takeSize(frame.budget, entries.length + 1);
        const object: Record<string, Value> = {};
        for (const { at, key, value } of entries) setMember(object, keyOf(key(frame), at), value(frame));
        return object;
      };
    }
    case "comprehension":
      return compileComprehension(expression, compiling);
  }
}

/** Compiles what stands in a guarded place. */
export function compileGuarded(expression: Expression, compiling: Compiling): Step {
  return guard(compile(expression, { ...compiling, guarding: "guarded" }));
}

/** The same where whatever is missing has been answered for by its place. */
export function compileSettled(expression: Expression, compiling: Compiling): Step {
  return settle(compile(expression, { ...compiling, guarding: "guarded" }));
}

/** The key of an object: a text, or a number or boolean as JSON writes it. */
export function keyOf(value: Value, at: Expression): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return atPlace(at, () => fail("type", `A key is a text, not ${describe(value)}.`));
}

/** Runs a step of an operation; what fails in it without a place of its own fails here. */
export function atPlace<Result>(at: Expression, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw placed(error, at);
  }
}

function placed(error: unknown, at: Expression): unknown {
  return error instanceof Fault ? located(error, at) : error;
}

function compileInterpolated(parts: readonly (string | Expression)[], compiling: Compiling): Step {
  const steps = parts.map((part) => (typeof part === "string" ? part : compile(part, compiling)));
  return (frame) => {
    let text = "";
    for (const step of steps) {
      const piece = typeof step === "string" ? step : toText(step(frame), frame.budget);
      takeSize(frame.budget, piece.length);
      text += piece;
    }
    return text;
  };
}

function compileNot({ operand }: Not, compiling: Compiling): Step {
  const step = compileSettled(operand, compiling);
  return (frame) => !isTrue(step(frame));
}

/** `and` and `or` give one of their operands, as in Python; `??` gives the right one only for null. */
function compileLogical({ operator, left, right }: Logical, compiling: Compiling): Step {
  const first = operator === "and" ? compileGuarded(left, compiling) : compileSettled(left, compiling);
  const second = compile(right, compiling);
  switch (operator) {
    case "and":
      return (frame) => {
        const value = first(frame);
        return isTrue(value) ? second(frame) : value;
      };
    case "or":
      return (frame) => {
        const value = first(frame);
        return isTrue(value) ? value : second(frame);
      };
    case "??":
      return (frame) => first(frame) ?? second(frame);
  }
}

function compileConditional({ test, then, otherwise }: Conditional, compiling: Compiling): Step {
  const condition = compileSettled(test, compiling);
  const [whenTrue, whenFalse] = [compile(then, compiling), compile(otherwise, compiling)];
  return (frame: Frame) => (isTrue(condition(frame)) ? whenTrue(frame) : whenFalse(frame));
}
