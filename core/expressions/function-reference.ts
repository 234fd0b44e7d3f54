import type { Definition } from "./functions/definition.ts";
import { functionTable } from "./functions/function-table.ts";
import { testTable } from "./functions/tests.ts";
import { methodTables } from "./methods/method-tables.ts";

/** A function, method or test under one of its names, for completion, hover and the written reference. */
export interface NamedSignature {
  readonly kind: "function" | "test" | "text method" | "list method" | "object method";
  readonly name: string;
  /** As written, with the name that aliases stand for: `join(list, separator?)`. */
  readonly signature: string;
}

/** Everything that can be called, aliases included. */
export function functionReference(): readonly NamedSignature[] {
  return [
    ...named("function", functionTable),
    ...named("test", testTable),
    ...named("text method", methodTables.text),
    ...named("list method", methodTables.list),
    ...named("object method", methodTables.object),
  ];
}

function named(
  kind: NamedSignature["kind"],
  table: ReadonlyMap<string, Definition<unknown>>,
): readonly NamedSignature[] {
  return Array.from(table, ([name, { signature }]) => ({ kind, name, signature: signature.text }));
}
