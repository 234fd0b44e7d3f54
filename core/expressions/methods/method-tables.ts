import { isList } from "../evaluate/values.ts";
import type { FunctionDefinition } from "../functions/definition.ts";
import type { Value } from "../value.ts";
import { listMethods, objectMethods } from "./collection-methods.ts";
import { textMethods } from "./text-methods.ts";

export type MethodTable = ReadonlyMap<string, FunctionDefinition>;

/** The methods of each kind of value that has any. */
export const methodTables: {
  readonly text: MethodTable;
  readonly list: MethodTable;
  readonly object: MethodTable;
} = {
  text: textMethods,
  list: listMethods,
  object: objectMethods,
};

/** The methods of a value's kind; undefined for numbers, booleans and null, which have none. */
export function methodsOf(value: Value): MethodTable | undefined {
  if (typeof value === "string") return methodTables.text;
  if (isList(value)) return methodTables.list;
  return typeof value === "object" && value !== null ? methodTables.object : undefined;
}

/** The definitions of a method on whatever kinds have it. */
export function methodsNamed(name: string): readonly FunctionDefinition[] {
  return Object.values(methodTables).flatMap((table) => table.get(name) ?? []);
}
