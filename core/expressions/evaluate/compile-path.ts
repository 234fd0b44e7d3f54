import type { Expression } from "../syntax/expression.ts";
import { compile } from "./compile.ts";
import { compileMethod } from "./compile-call.ts";
import type { Compiling, Walk } from "./frame.ts";
import { reachIndex, reachMember, reachName } from "./reach.ts";
import { sliceOf } from "./slice.ts";

/** Compiles a path step by step; what is no path is its start. */
export function compilePath(expression: Expression, compiling: Compiling): Walk {
  const { guarding } = compiling;
  if (expression.kind === "name") {
    const slot = compiling.variables.get(expression.name);
    if (slot !== undefined) return (frame) => frame.slots[slot] ?? null;
    return (frame) => reachName(expression, frame, guarding);
  }
  if (expression.kind === "member") {
    const object = compileObject(expression, compiling);
    return (frame) => reachMember(object(frame), expression, frame, guarding);
  }
  if (expression.kind === "index") {
    const object = compileObject(expression, compiling);
    const index = compile(expression.index, compiling);
    return (frame) => reachIndex(object(frame), index(frame), expression, frame, guarding);
  }
  if (expression.kind === "slice") {
    const object = compileObject(expression, compiling);
    const bounds = [expression.from, expression.to, expression.step].map((bound) =>
      bound === null ? () => undefined : compile(bound, compiling),
    );
    return (frame) =>
      sliceOf(
        object(frame),
        bounds.map((bound) => bound(frame)),
        expression,
        frame,
        guarding,
      );
  }
  return expression.kind === "method" ? compileMethod(expression, compiling) : compile(expression, compiling);
}

/** What stands left of `?.` is guarded by it. */
export function compileObject(
  { object, access }: { readonly object: Expression; readonly access: "required" | "optional" },
  compiling: Compiling,
): Walk {
  return compilePath(object, access === "optional" ? { ...compiling, guarding: "guarded" } : compiling);
}
