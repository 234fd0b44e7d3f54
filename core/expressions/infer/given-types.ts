import type { Arguments, Expression } from "../syntax/expression.ts";
import type { ValueType } from "./value-type.ts";

/** The arguments of a call, as far as they are known without evaluating. */
export interface GivenTypes {
  /** The type of an argument; undefined where it is not given. */
  type(position: number, name: string): ValueType | undefined;
  /** A text that is written as the argument; undefined for anything else. */
  writtenText(position: number, name: string): string | undefined;
  /** The types of all that have no name. */
  readonly positional: readonly ValueType[];
}

/** Reads arguments. Those of a method begin with position 0. */
export function givenTypes(
  { positional, named }: Arguments,
  infer: (expression: Expression) => ValueType,
): GivenTypes {
  const types = positional.map(infer);
  const typesByName = new Map(named.map(({ name, value }) => [name, infer(value)] as const));
  return {
    type: (position, name) => types[position] ?? typesByName.get(name),
    writtenText(position, name) {
      const given = positional[position] ?? named.find((each) => each.name === name)?.value;
      return given?.kind === "literal" && typeof given.value === "string" ? given.value : undefined;
    },
    positional: types,
  };
}
