import type { Binding, Scope, Value } from "#core/expressions";

/** A scope of plain values, with bindings of other kinds beside them. */
export function scopeOf(
  values: Readonly<Record<string, Value>>,
  bindings: Readonly<Record<string, Binding>> = {},
): Scope {
  const all = new Map<string, Binding>([
    ...Object.entries(values).map(([name, value]): [string, Binding] => [name, { kind: "value", value }]),
    ...Object.entries(bindings),
  ]);
  return { resolve: (name) => all.get(name), names: () => all.keys() };
}

/** A root with names inside, such as `upstream`. */
export function namespaceOf(members: Readonly<Record<string, Binding>>): Binding {
  const all = new Map(Object.entries(members));
  return { kind: "namespace", resolve: (name) => all.get(name), names: () => all.keys() };
}

/** A stage that succeeded. */
export function stageOf(
  id: string,
  output: Value,
  aliases: Readonly<Record<string, readonly string[]>> = {},
): Binding {
  return { kind: "stage", id, output, declaresOutput: false, aliases };
}
