import type { Arguments, Comprehension, Expression } from "./expression.ts";

/**
 * Writes an expression so that parsing it gives the same expression: Python's spellings, one space around operators,
 * parentheses only where they are needed.
 */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return printLiteral(expression.value);
    case "interpolated":
      return printInterpolated(expression.parts);
    case "name":
      return expression.name;
    case "member":
      return `${operand(expression.object, Level.path)}${dot(expression.access)}${expression.name}`;
    case "index":
      return `${operand(expression.object, Level.path)}${bracket(expression.access)}${print(expression.index)}]`;
    case "slice": {
      const [from, to] = [expression.from, expression.to].map((bound) =>
        bound === null ? "" : print(bound),
      );
      const step = expression.step === null ? "" : `:${print(expression.step)}`;
      return `${operand(expression.object, Level.path)}${bracket(expression.access)}${from}:${to}${step}]`;
    }
    case "method":
      return `${operand(expression.object, Level.path)}${dot(expression.access)}${expression.name}(${printArguments(expression.arguments)})`;
    case "call":
      return expression.style === "call"
        ? `${expression.name}(${printArguments(expression.arguments)})`
        : printFilter(expression.name, expression.arguments);
    case "unary":
      return `${expression.operator}${operand(expression.operand, Level.sign)}`;
    case "not":
      return `not ${operand(expression.operand, Level.not)}`;
    case "binary":
    case "logical":
    case "comparison":
    case "test":
      return printOperation(expression);
    case "conditional":
      return `${operand(expression.then, Level.coalesce)} if ${operand(expression.test, Level.coalesce)} else ${print(expression.otherwise)}`;
    case "list":
      return `[${expression.items.map(print).join(", ")}]`;
    case "dictionary":
      return inBraces(
        expression.entries.map(({ key, value }) => `${print(key)}: ${print(value)}`).join(", "),
      );
    case "comprehension":
      return printComprehension(expression);
  }
}

/** From loose to tight, as in the precedence table of docs/expressions.md. */
const Level = {
  conditional: 0,
  coalesce: 1,
  or: 2,
  and: 3,
  not: 4,
  compare: 5,
  plus: 6,
  concat: 7,
  times: 8,
  sign: 9,
  power: 10,
  filter: 11,
  path: 12,
} as const;

const binaryLevels = {
  "+": Level.plus,
  "-": Level.plus,
  "~": Level.concat,
  "*": Level.times,
  "/": Level.times,
  "//": Level.times,
  "%": Level.times,
  "**": Level.power,
} as const;

const logicalLevels = { "??": Level.coalesce, or: Level.or, and: Level.and } as const;

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case "conditional":
      return Level.conditional;
    case "logical":
      return logicalLevels[expression.operator];
    case "not":
      return Level.not;
    case "comparison":
    case "test":
      return Level.compare;
    case "binary":
      return binaryLevels[expression.operator];
    case "unary":
      return Level.sign;
    case "call":
      return expression.style === "filter" ? Level.filter : Level.path;
    case "literal":
      // A negative number is written with a sign.
      return typeof expression.value === "number" && (expression.value < 0 || Object.is(expression.value, -0))
        ? Level.sign
        : Level.path;
    case "interpolated":
    case "name":
    case "member":
    case "index":
    case "slice":
    case "method":
    case "list":
    case "dictionary":
    case "comprehension":
      return Level.path;
  }
}

function operand(expression: Expression, atLeast: number): string {
  return levelOf(expression) >= atLeast ? print(expression) : `(${print(expression)})`;
}

function printOperation(
  expression: Extract<Expression, { kind: "binary" | "logical" | "comparison" | "test" }>,
): string {
  const level = levelOf(expression);
  switch (expression.kind) {
    case "binary": {
      const isPower = expression.operator === "**";
      const left = operand(expression.left, isPower ? level + 1 : level);
      return `${left} ${expression.operator} ${operand(expression.right, isPower ? Level.sign : level + 1)}`;
    }
    case "logical":
      return `${operand(expression.left, level)} ${expression.operator} ${operand(expression.right, level + 1)}`;
    case "comparison": {
      const rest = expression.rest.map((each) => `${each.operator} ${operand(each.operand, level + 1)}`);
      return [operand(expression.first, level + 1), ...rest].join(" ");
    }
    case "test": {
      const given = printArguments(expression.arguments);
      return `${operand(expression.operand, level + 1)} ${expression.sense} ${expression.name}${given === "" ? "" : `(${given})`}`;
    }
  }
}

function printFilter(name: string, { positional, named }: Arguments): string {
  const [value, ...rest] = positional;
  const given = printArguments({ positional: rest, named });
  const before = value === undefined ? "" : `${operand(value, Level.filter)} | `;
  return `${before}${name}${given === "" ? "" : `(${given})`}`;
}

function printArguments({ positional, named }: Arguments): string {
  return [...positional.map(print), ...named.map(({ name, value }) => `${name}=${print(value)}`)].join(", ");
}

function printComprehension({ yields, clauses }: Comprehension): string {
  const yielded =
    yields.kind === "dictionary"
      ? `${print(yields.entry.key)}: ${print(yields.entry.value)}`
      : print(yields.item);
  const rest = clauses.map(({ targets, iterable, conditions }) => {
    const names = targets.map(({ name }) => name).join(", ");
    const tests = conditions.map((condition) => ` if ${operand(condition, Level.coalesce)}`).join("");
    return ` for ${names} in ${operand(iterable, Level.coalesce)}${tests}`;
  });
  const inside = `${yielded}${rest.join("")}`;
  return yields.kind === "list" ? `[${inside}]` : inBraces(inside);
}

/** Two braces together would open an interpolation. */
function inBraces(inside: string): string {
  return inside.startsWith("{") ? `{ ${inside}}` : `{${inside}}`;
}

function printLiteral(value: null | boolean | number | string): string {
  if (typeof value === "string") return quote(value);
  return value === null ? "None" : value === true ? "True" : value === false ? "False" : String(value);
}

/** Quoted so that no mode of reading gives a part of it another meaning: `{{` is written with escapes. */
function quote(text: string): string {
  return `'${escapeText(text)}'`;
}

function printInterpolated(parts: readonly (string | Expression)[]): string {
  return `'${parts.map((part) => (typeof part === "string" ? escapeText(part) : `{{ ${print(part)} }}`)).join("")}'`;
}

const written: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["'", "\\'"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["{", "\\x7b"],
  ["}", "\\x7d"],
]);

function escapeText(text: string): string {
  return text.replaceAll(/[\\'\n\r\t]|\{(?=\{)|\{$|^\{|\}(?=\})/g, (mark) => written.get(mark) ?? mark);
}

function dot(access: "required" | "optional"): string {
  return access === "optional" ? "?." : ".";
}

function bracket(access: "required" | "optional"): string {
  return access === "optional" ? "?.[" : "[";
}
