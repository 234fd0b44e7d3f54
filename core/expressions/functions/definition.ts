import type { Budget } from "../evaluate/budget.ts";
import type { Value } from "../value.ts";

/** What a function may use besides its arguments. */
export interface Calculation {
  readonly budget: Budget;
  /** The attempt's fixed time, ISO 8601; undefined where there is none. */
  readonly now: string | undefined;
  /** Calls a function by a name that is a value, as `map("upper")` does. */
  readonly callFunction: (name: string, values: readonly Value[]) => Value;
  /** The same for a test, as `select("odd")` does. */
  readonly callTest: (name: string, values: readonly Value[]) => boolean;
}

/** One value per parameter, undefined where none was given, then those of `...rest`. */
export type ArgumentValues = readonly (Value | undefined)[];

export interface Parameter {
  readonly name: string;
  readonly optional: boolean;
}

/** What a function, method or test takes. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** How many parameters come before `...rest`, which takes any number of values; null without one. */
  readonly restAt: number | null;
  /** As written: `join(list, separator?)`. */
  readonly text: string;
}

/** Anything with a signature that gives a value. */
export interface Definition<Result> {
  readonly signature: Signature;
  readonly aliases: readonly string[];
  readonly call: (calculation: Calculation, values: ArgumentValues) => Result;
}

export type FunctionDefinition = Definition<Value>;

/** Defines a function by a signature such as `join(list, separator?, ...rest, attribute?)`. */
export function define<Result>(
  text: string,
  call: Definition<Result>["call"],
  ...aliases: readonly string[]
): Definition<Result> {
  return { signature: readSignature(text), aliases, call };
}

/** A table by name, aliases included. */
export function tableOf<Result>(
  definitions: readonly Definition<Result>[],
): ReadonlyMap<string, Definition<Result>> {
  const table = new Map<string, Definition<Result>>();
  for (const definition of definitions) {
    for (const name of [definition.signature.name, ...definition.aliases]) {
      if (table.has(name)) throw new Error(`Two definitions are called ${name}`);
      table.set(name, definition);
    }
  }
  return table;
}

function readSignature(text: string): Signature {
  const open = text.indexOf("(");
  const written = text
    .slice(open + 1, -1)
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  const rest = written.findIndex((each) => each.startsWith("..."));
  return {
    name: text.slice(0, open),
    parameters: written
      .filter((each) => !each.startsWith("..."))
      .map((each) => ({ name: each.replace("?", ""), optional: each.endsWith("?") })),
    restAt: rest === -1 ? null : rest,
    text,
  };
}
