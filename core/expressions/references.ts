import { childrenOf } from "./syntax/children.ts";
import type { Expression, Range } from "./syntax/expression.ts";
import type { ParsedExpression, ParsedTemplate, TemplatePart } from "./syntax/parsed.ts";

/** A free name of an expression and the part of its path that is known without evaluating. */
export interface Reference extends Range {
  readonly root: string;
  /** Keys and positions after the root, up to the first that is computed. */
  readonly path: readonly (string | number)[];
  /** The root's own range. */
  readonly rootRange: Range;
  /** The range of each step of `path`; of a key in brackets, that of the quoted key. */
  readonly pathRanges: readonly Range[];
  /** Whether nothing at the end of the path is null in its place, and no failure. What stands before `.get` may still fail. */
  readonly guarded: boolean;
}

/** The names that are free in what was parsed, in the order of the text; variables of comprehensions are not. */
export function references(parsed: ParsedExpression | ParsedTemplate): readonly Reference[] {
  const found: Reference[] = [];
  if (parsed.kind === "template") collectParts(parsed.parts, found);
  else if (parsed.expression !== null) collect(parsed.expression, outermost, found);
  return found.toSorted((one, other) => one.start - other.start);
}

interface Place {
  readonly bound: ReadonlySet<string>;
  readonly guarded: boolean;
}

const outermost: Place = { bound: new Set(), guarded: false };

function collectParts(parts: readonly TemplatePart[], found: Reference[]): void {
  for (const part of parts) {
    switch (part.kind) {
      case "text":
        break;
      case "interpolation":
        if (part.expression !== null) collect(part.expression, outermost, found);
        break;
      case "condition":
        for (const { test, parts: body } of part.branches) {
          if (test !== null) collect(test, { ...outermost, guarded: true }, found);
          collectParts(body, found);
        }
        collectParts(part.otherwise, found);
    }
  }
}

function collect(expression: Expression, place: Place, found: Reference[]): void {
  const guarded: Place = place.guarded ? place : { ...place, guarded: true };
  switch (expression.kind) {
    case "name":
    case "member":
    case "index":
    case "slice":
    case "method":
      collectPath(expression, place, found);
      return;
    case "not":
      collect(expression.operand, guarded, found);
      return;
    case "logical":
      collect(expression.left, guarded, found);
      collect(expression.right, place, found);
      return;
    case "conditional":
      collect(expression.test, guarded, found);
      collect(expression.then, place, found);
      collect(expression.otherwise, place, found);
      return;
    case "test": {
      const asksForPath = expression.name === "defined" || expression.name === "undefined";
      const [operand, ...rest] = childrenOf(expression);
      if (operand !== undefined) collect(operand, asksForPath ? guarded : place, found);
      for (const each of rest) collect(each, place, found);
      return;
    }
    case "call": {
      const [first, ...rest] = childrenOf(expression);
      const isDefault = expression.name === "default" || expression.name === "d";
      if (first !== undefined) collect(first, isDefault ? guarded : place, found);
      for (const each of rest) collect(each, place, found);
      return;
    }
    case "comprehension": {
      let inside = place;
      for (const { targets, iterable, conditions } of expression.clauses) {
        collect(iterable, inside, found);
        inside = { ...inside, bound: new Set([...inside.bound, ...targets.map(({ name }) => name)]) };
        for (const condition of conditions) collect(condition, inside, found);
      }
      const { yields } = expression;
      const yielded = yields.kind === "dictionary" ? [yields.entry.key, yields.entry.value] : [yields.item];
      for (const each of yielded) collect(each, inside, found);
      return;
    }
    case "literal":
    case "interpolated":
    case "unary":
    case "binary":
    case "comparison":
    case "list":
    case "dictionary":
      for (const child of childrenOf(expression)) collect(child, place, found);
  }
}

type Path = Extract<Expression, { kind: "name" | "member" | "index" | "slice" | "method" }>;

/** Takes a path apart from its end to its root. What is computed in it is collected on the way. */
function collectPath(path: Path, place: Place, found: Reference[]): void {
  let steps: { readonly key: string | number; readonly range: Range }[] = [];
  let end = path.end;
  let { guarded } = place;
  let current: Expression = path;
  for (;;) {
    switch (current.kind) {
      case "name": {
        const { name, start, end: rootEnd } = current;
        if (place.bound.has(name)) return;
        const inOrder = steps.toReversed();
        found.push({
          root: name,
          path: inOrder.map(({ key }) => key),
          rootRange: { start, end: rootEnd },
          pathRanges: inOrder.map(({ range }) => range),
          start,
          end: inOrder.length === 0 ? rootEnd : end,
          guarded,
        });
        return;
      }
      case "member":
        steps.push({ key: current.name, range: current.nameRange });
        if (steps.length === 1) end = current.end;
        break;
      case "index": {
        const { index } = current;
        const key = staticKey(index);
        if (key === undefined) {
          collect(index, place, found);
          steps = [];
        } else {
          steps.push({ key, range: { start: index.start, end: index.end } });
          if (steps.length === 1) end = current.end;
        }
        break;
      }
      case "slice":
      case "method": {
        for (const child of childrenOf(current).slice(1)) collect(child, place, found);
        steps = [];
        // What `.get` looks up is part of the path, and guarded by it.
        const [key] = current.kind === "method" && current.name === "get" ? current.arguments.positional : [];
        if (key?.kind === "literal" && typeof key.value === "string") {
          steps.push({ key: key.value, range: { start: key.start, end: key.end } });
          end = current.end;
          guarded = true;
        }
        break;
      }
      case "literal":
      case "interpolated":
      case "call":
      case "unary":
      case "not":
      case "binary":
      case "logical":
      case "comparison":
      case "test":
      case "conditional":
      case "list":
      case "dictionary":
      case "comprehension":
        collect(current, guarded ? { ...place, guarded } : place, found);
        return;
    }
    if (current.access === "optional") guarded = true;
    current = current.object;
  }
}

function staticKey(index: Expression): string | number | undefined {
  if (index.kind === "literal" && (typeof index.value === "string" || typeof index.value === "number"))
    return index.value;
  const isNegative = index.kind === "unary" && index.operator === "-" && index.operand.kind === "literal";
  return isNegative && index.operand.kind === "literal" && typeof index.operand.value === "number"
    ? -index.operand.value
    : undefined;
}
