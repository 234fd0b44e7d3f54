import type { Expression } from "../syntax/expression.ts";
import { type Kind, kindsOf, literalKind } from "./kinds.ts";
import { resultKinds } from "./result-kinds.ts";

/** What is known of a path that starts outside of the expression; undefined where nothing is. */
export type KindsOfPath = (root: string, path: readonly (string | number)[]) => ReadonlySet<Kind> | undefined;

/**
 * The kinds of value that an expression can give, undefined where that cannot be told. What is not in the set is
 * certain never to come out: where in doubt there is no answer.
 */
export function inferKinds(expression: Expression, kindsOfPath: KindsOfPath): ReadonlySet<Kind> | undefined {
  const infer = (each: Expression): ReadonlySet<Kind> | undefined => inferKinds(each, kindsOfPath);
  switch (expression.kind) {
    case "literal":
      return kindsOf(literalKind(expression.value));
    case "interpolated":
      return kindsOf("text");
    case "not":
    case "comparison":
    case "test":
      return kindsOf("boolean");
    case "unary":
      return kindsOf("number");
    case "binary":
      if (expression.operator === "~") return kindsOf("text");
      // `+` joins texts and lists, `*` repeats them, `%` formats.
      return ["-", "/", "//", "**"].includes(expression.operator) ? kindsOf("number") : undefined;
    case "logical":
      return union(infer(expression.left), infer(expression.right));
    case "conditional":
      return union(infer(expression.then), infer(expression.otherwise));
    case "list":
      return kindsOf("list");
    case "dictionary":
      return kindsOf("object");
    case "comprehension":
      return kindsOf(expression.yields.kind === "dictionary" ? "object" : "list");
    case "call":
      return resultKinds.get(expression.name);
    case "name":
    case "member":
    case "index": {
      const path = pathOf(expression);
      return path === undefined ? undefined : kindsOfPath(path.root, path.steps);
    }
    case "slice":
    case "method":
      return undefined;
  }
}

function union(
  one: ReadonlySet<Kind> | undefined,
  other: ReadonlySet<Kind> | undefined,
): ReadonlySet<Kind> | undefined {
  return one === undefined || other === undefined ? undefined : new Set([...one, ...other]);
}

interface WrittenPath {
  readonly root: string;
  readonly steps: readonly (string | number)[];
}

/** A path of names and constant keys; `?.` may give null, so it is none. */
function pathOf(expression: Expression): WrittenPath | undefined {
  const steps: (string | number)[] = [];
  let at = expression;
  for (;;) {
    if (at.kind === "name") return { root: at.name, steps: steps.toReversed() };
    if (at.kind === "member" && at.access === "required") steps.push(at.name);
    else if (at.kind === "index" && at.access === "required" && at.index.kind === "literal") {
      const { value } = at.index;
      if (typeof value !== "string" && typeof value !== "number") return undefined;
      steps.push(value);
    } else return undefined;
    at = at.object;
  }
}
