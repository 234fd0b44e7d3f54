import type { Signature } from "./definition.ts";

/** For each parameter, then for each value of `...rest`, which given argument it takes. */
export type Binding =
  | { readonly ok: true; readonly order: readonly (GivenArgument | undefined)[] }
  | { readonly ok: false; readonly message: string };

export type GivenArgument =
  | { readonly kind: "positional"; readonly position: number }
  | { readonly kind: "named"; readonly position: number };

/** Matches arguments with a signature. `receiver` says whether the first parameter stands before the name. */
export function bindArguments(signature: Signature, positional: number, named: readonly string[]): Binding {
  const order: (GivenArgument | undefined)[] = signature.parameters.map(() => undefined);
  const rest: GivenArgument[] = [];
  const byPosition = signature.restAt ?? signature.parameters.length;
  for (let position = 0; position < positional; position++) {
    if (position < byPosition) order[position] = { kind: "positional", position };
    else if (signature.restAt !== null) rest.push({ kind: "positional", position });
    else
      return { ok: false, message: `${signature.text} takes ${plural(byPosition)}, here are ${positional}.` };
  }
  for (const [position, name] of named.entries()) {
    const index = signature.parameters.findIndex((parameter) => parameter.name === name);
    if (index === -1) return { ok: false, message: `${signature.text} has no argument "${name}".` };
    if (order[index] !== undefined)
      return { ok: false, message: `The argument "${name}" of ${signature.text} is given twice.` };
    order[index] = { kind: "named", position };
  }
  const missing = signature.parameters.find(
    (parameter, index) => !parameter.optional && order[index] === undefined,
  );
  if (missing !== undefined)
    return { ok: false, message: `${signature.text} needs the argument "${missing.name}".` };
  return { ok: true, order: [...order, ...rest] };
}

function plural(count: number): string {
  if (count === 0) return "no arguments";
  return count === 1 ? "1 argument" : `at most ${count} arguments`;
}
