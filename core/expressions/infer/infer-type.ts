import type { Comprehension, Expression } from "../syntax/expression.ts";
import { functionType } from "./function-types.ts";
import { type GivenTypes, givenTypes } from "./given-types.ts";
import { literalKind } from "./kinds.ts";
import { methodType } from "./method-types.ts";
import { binaryType } from "./operator-types.ts";
import {
  atPlaceOf,
  booleanType,
  itemOf,
  listOf,
  neverType,
  nullType,
  numberType,
  objectWith,
  only,
  plain,
  stepInto,
  textType,
  tupleOf,
  unionOf,
  type ValueType,
  without,
} from "./value-type.ts";

/** What is known of a path that starts outside of the expression; `anyType` where nothing is. */
export type TypeOfPath = (root: string, path: readonly (string | number)[]) => ValueType;

/**
 * What an expression can give where it does not fail. What is not in the type is certain never to come out; where in
 * doubt it is `anyType`. Takes a time linear in the expression.
 */
export function inferType(expression: Expression, typeOfPath: TypeOfPath): ValueType {
  return infer(expression, { typeOfPath, variables: new Map(), guarding: "unguarded" });
}

interface Inferring {
  readonly typeOfPath: TypeOfPath;
  /** Variables of comprehensions. */
  readonly variables: ReadonlyMap<string, ValueType>;
  /** In a guarded place each path may be null. */
  readonly guarding: "guarded" | "unguarded";
}

function infer(expression: Expression, inferring: Inferring): ValueType {
  const inferHere = (each: Expression): ValueType => infer(each, inferring);
  switch (expression.kind) {
    case "literal":
      return plain(literalKind(expression.value));
    case "interpolated":
      return textType;
    case "not":
    case "comparison":
    case "test":
      return booleanType;
    case "unary":
      return numberType;
    case "binary":
      return binaryType(expression.operator, inferHere(expression.left), inferHere(expression.right));
    case "logical": {
      const left = infer(expression.left, guarded(inferring));
      const right = inferHere(expression.right);
      // What is missing on the left of `and` is what it gives; the others go on to the right with it.
      return unionOf(
        expression.operator === "and" ? [left, nullType, right] : [without(left, "null"), right],
      );
    }
    case "conditional":
      return unionOf([inferHere(expression.then), inferHere(expression.otherwise)]);
    case "list":
      return tupleOf(expression.items.map(inferHere));
    case "dictionary": {
      const named: [string, ValueType][] = [];
      const others: ValueType[] = [];
      for (const { key, value } of expression.entries) {
        if (key.kind === "literal" && typeof key.value === "string")
          named.push([key.value, inferHere(value)]);
        else others.push(inferHere(value));
      }
      // A computed key may be one of the others too.
      return others.length === 0
        ? objectWith(Object.fromEntries(named), neverType)
        : objectWith({}, unionOf([...named.map(([, type]) => type), ...others]));
    }
    case "comprehension":
      return comprehensionType(expression, inferring);
    case "call": {
      const isDefault = expression.name === "default" || expression.name === "d";
      return functionType(
        expression.name,
        givenIn(expression.arguments, isDefault ? guarded(inferring) : inferring),
      );
    }
    case "name":
    case "member":
    case "index":
    case "slice":
    case "method":
      return pathType(expression, inferring);
  }
}

function guarded(inferring: Inferring): Inferring {
  return { ...inferring, guarding: "guarded" };
}

function givenIn(given: Parameters<typeof givenTypes>[0], inferring: Inferring): GivenTypes {
  return givenTypes(given, (each) => infer(each, inferring));
}

function comprehensionType({ yields, clauses }: Comprehension, around: Inferring): ValueType {
  let inside = around;
  for (const { targets, iterable } of clauses) {
    const item = itemOf(infer(iterable, inside));
    const variables = new Map(inside.variables);
    for (const [place, { name }] of targets.entries())
      variables.set(name, targets.length === 1 ? item : atPlaceOf(item, place));
    inside = { ...inside, variables };
  }
  return yields.kind === "dictionary"
    ? objectWith({}, infer(yields.entry.value, inside))
    : listOf(infer(yields.item, inside));
}

type Path = Extract<Expression, { kind: "name" | "member" | "index" | "slice" | "method" }>;
type PathStep = Exclude<Path, { kind: "name" }>;

/** Takes a path apart from its end to its root, and goes back up to its end. */
function pathType(path: Path, inferring: Inferring): ValueType {
  const steps: PathStep[] = [];
  let root: Expression = path;
  let around = inferring;
  while (root.kind === "member" || root.kind === "index" || root.kind === "slice" || root.kind === "method") {
    steps.push(root);
    // What stands left of `?.` is guarded by it, and where nothing is found the whole path is null.
    if (root.access === "optional") around = guarded(around);
    root = root.object;
  }
  steps.reverse();
  const type = steps
    .slice(fixed(steps, root, around))
    .reduce((object, step) => stepType(object, step, around), startType(steps, root, around));
  return around.guarding === "guarded" ? unionOf([type, nullType]) : type;
}

function startType(steps: readonly PathStep[], root: Expression, inferring: Inferring): ValueType {
  if (root.kind !== "name") return infer(root, inferring);
  const keys = steps.slice(0, fixed(steps, root, inferring)).flatMap((step) => keyOf(step) ?? []);
  return inferring.variables.get(root.name) ?? inferring.typeOfPath(root.name, keys);
}

/** How many steps can be told to whoever knows what the root is: the keys that are written. */
function fixed(steps: readonly PathStep[], root: Expression, { variables }: Inferring): number {
  if (root.kind !== "name" || variables.has(root.name)) return 0;
  const computed = steps.findIndex((step) => keyOf(step) === null);
  return computed === -1 ? steps.length : computed;
}

function stepType(object: ValueType, step: PathStep, inferring: Inferring): ValueType {
  switch (step.kind) {
    case "member":
    case "index":
      return stepInto(object, keyOf(step));
    case "slice":
      return unionOf([only(object, "text"), listPart(object)]);
    case "method":
      return methodType(step.name, object, givenIn(step.arguments, inferring));
  }
}

function listPart(type: ValueType): ValueType {
  return type.kinds.includes("list") ? listOf(atPlaceOf(type, null)) : neverType;
}

/** The key of a step; null where it is computed, or is none. */
function keyOf(step: PathStep): string | number | null {
  if (step.kind === "member") return step.name;
  if (step.kind !== "index") return null;
  const { index } = step;
  const isNegative = index.kind === "unary" && index.operator === "-";
  const written = isNegative ? index.operand : index;
  if (written.kind !== "literal") return null;
  if (typeof written.value === "number") return isNegative ? -written.value : written.value;
  return typeof written.value === "string" && !isNegative ? written.value : null;
}
