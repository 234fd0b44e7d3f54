/** A row of the Variables view that a menu was opened on. */
export interface VariableRow {
  readonly sessionId: string | null;
  /** The handle of what it is in. */
  readonly variablesReference: number;
  readonly name: string;
}

/** Reads what VS Code gives commands in the menu of the Variables view; undefined for anything else. */
export function variableRow(argument: unknown): VariableRow | undefined {
  const container = property(argument, "container");
  const variablesReference = property(container, "variablesReference");
  const name = property(property(argument, "variable"), "name");
  if (typeof variablesReference !== "number" || typeof name !== "string") return undefined;
  const sessionId = property(argument, "sessionId");
  return { sessionId: typeof sessionId === "string" ? sessionId : null, variablesReference, name };
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return found;
}
