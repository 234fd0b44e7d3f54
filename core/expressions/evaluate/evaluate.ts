import type { Scope } from "../scope.ts";
import { wholeExpression } from "../syntax/parse-template.ts";
import type { ParsedExpression, ParsedTemplate, TemplatePart } from "../syntax/parsed.ts";
import type { Value } from "../value.ts";
import { createBudget, DEFAULT_MAX_SIZE, DEFAULT_MAX_STEPS, takeSize } from "./budget.ts";
import { compile, compileSettled } from "./compile.ts";
import { callsByName } from "./compile-call.ts";
import { type ExpressionError, Fault, toError } from "./fault.ts";
import type { Compiling, Frame, Step } from "./frame.ts";
import { isTrue, toText } from "./values.ts";

export interface EvaluateOptions {
  /** What `now()` gives: the attempt's fixed time, ISO 8601. */
  readonly now?: string;
  /** How many small operations it may take. */
  readonly maxSteps?: number;
  /** How many characters and items it may make, those of intermediate results included. */
  readonly maxSize?: number;
}

export type Evaluation =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ExpressionError };

/**
 * Evaluates what was parsed. A template that is one whole expression keeps the value's type, any other is text.
 * Never throws for what a file or a value holds, and always ends within its budget.
 */
export function evaluate(
  parsed: ParsedExpression | ParsedTemplate,
  scope: Scope,
  options: EvaluateOptions = {},
): Evaluation {
  const [problem] = parsed.problems;
  if (problem !== undefined) {
    const { code, message, start, end } = problem;
    return { ok: false, error: { code, message, start, end } };
  }
  const frame: Frame = {
    scope,
    budget: createBudget(options.maxSteps ?? DEFAULT_MAX_STEPS, options.maxSize ?? DEFAULT_MAX_SIZE),
    now: options.now,
    slots: [],
    missing: 0,
    ...callsByName,
  };
  try {
    return { ok: true, value: compiledOf(parsed)(frame) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, error: toError(error, parsed.text) };
  }
}

/** Parsed once, compiled once: the closures live as long as what they were compiled from. */
const compiled = new WeakMap<ParsedExpression | ParsedTemplate, Step>();

function compiledOf(parsed: ParsedExpression | ParsedTemplate): Step {
  const known = compiled.get(parsed);
  if (known !== undefined) return known;
  const step = parsed.kind === "expression" ? compileWhole(parsed) : compileTemplate(parsed);
  compiled.set(parsed, step);
  return step;
}

const outermost: Compiling = { variables: new Map(), guarding: "unguarded" };

function compileWhole({ expression }: ParsedExpression): Step {
  if (expression === null) throw new Error("An expression without problems has no syntax");
  return compile(expression, outermost);
}

function compileTemplate(template: ParsedTemplate): Step {
  const whole = wholeExpression(template);
  return whole === undefined ? compileParts(template.parts) : compileWhole(whole);
}

function compileParts(parts: readonly TemplatePart[]): Step {
  const steps = parts.map(compilePart);
  return (frame) => {
    let text = "";
    for (const step of steps) {
      const piece = toText(step(frame), frame.budget);
      takeSize(frame.budget, piece.length);
      text += piece;
    }
    return text;
  };
}

function compilePart(part: TemplatePart): Step {
  switch (part.kind) {
    case "text": {
      const { text } = part;
      return () => text;
    }
    case "interpolation":
      if (part.expression === null) throw new Error("A template without problems has no syntax");
      return compile(part.expression, outermost);
    case "condition": {
      const branches = part.branches.map(({ test, parts }) => {
        if (test === null) throw new Error("A template without problems has no syntax");
        return { test: compileSettled(test, outermost), body: compileParts(parts) };
      });
      const otherwise = compileParts(part.otherwise);
      return (frame) => (branches.find(({ test }) => isTrue(test(frame)))?.body ?? otherwise)(frame);
    }
  }
}
