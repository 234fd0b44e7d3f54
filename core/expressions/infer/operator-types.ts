import type { Binary } from "../syntax/expression.ts";
import type { Kind } from "./kinds.ts";
import {
  anyType,
  atPlaceOf,
  listOf,
  neverType,
  numberType,
  textType,
  unionOf,
  type ValueType,
} from "./value-type.ts";

/** What an operator gives. What fails gives nothing: `input.count + 1` is a number, whatever `input.count` is. */
export function binaryType(operator: Binary["operator"], left: ValueType, right: ValueType): ValueType {
  switch (operator) {
    case "~":
      return textType;
    case "-":
    case "/":
    case "//":
    case "%":
    case "**":
      return numberType;
    case "+":
      return sumType(left, right);
    case "*":
      return productType(left, right);
  }
}

/** Two numbers, two texts or two lists. */
function sumType(left: ValueType, right: ValueType): ValueType {
  const both = (kind: Kind): boolean => left.kinds.includes(kind) && right.kinds.includes(kind);
  return certainly([
    isNumeric(left) && isNumeric(right) ? numberType : neverType,
    both("text") ? textType : neverType,
    both("list") ? listOf(unionOf([atPlaceOf(left, null), atPlaceOf(right, null)])) : neverType,
  ]);
}

/** Two numbers, or a text or list repeated. */
function productType(left: ValueType, right: ValueType): ValueType {
  const repeated = (what: ValueType, times: ValueType): readonly ValueType[] => {
    if (!isNumeric(times)) return [];
    return [
      what.kinds.includes("text") ? textType : neverType,
      what.kinds.includes("list") ? listOf(atPlaceOf(what, null)) : neverType,
    ];
  };
  return certainly([
    isNumeric(left) && isNumeric(right) ? numberType : neverType,
    ...repeated(left, right),
    ...repeated(right, left),
  ]);
}

/** Where nothing fits, the operator fails, which is not about what comes out. */
function certainly(types: readonly ValueType[]): ValueType {
  const type = unionOf(types);
  return type.kinds.length === 0 ? anyType : type;
}

/** As in Python, true and false are numbers too. */
function isNumeric({ kinds }: ValueType): boolean {
  return kinds.includes("number") || kinds.includes("boolean");
}
