import { type Kind, kindsOf } from "./kinds.ts";

/** Functions whose result is of one kind whatever they are given (docs/expressions.md). */
export const resultKinds: ReadonlyMap<string, ReadonlySet<Kind>> = new Map(
  (
    [
      ["number", ["len", "int", "float"]],
      ["boolean", ["bool", "isinstance"]],
      ["text", ["str", "upper", "lower", "title", "capitalize", "tojson", "type"]],
      ["list", ["range", "keys", "values", "items", "enumerate", "zip"]],
      ["object", ["dict"]],
    ] as const
  ).flatMap(([kind, names]) => names.map((name) => [name, kindsOf(kind)] as const)),
);
