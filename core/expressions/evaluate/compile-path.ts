import type { Expression } from "../syntax/expression.ts";
import { compile } from "./compile.ts";
import { compileMethod } from "./compile-call.ts";
import type { Compiling, Walk } from "./frame.ts";
import { reachIndex, reachMember, reachName, sliceOf } from "./walk-path.ts";

/** Compiles a path step by step; what is no path is its start. */
export function compilePath(expression: Expression, compiling: Compiling): Walk {
  const { guarding } = compiling;
  switch (expression.kind) {
    case "name": {
      const slot = compiling.variables.get(expression.name);
      if (slot !== undefined) return (frame) => frame.slots[slot] ?? null;
      return (frame) => reachName(expression, frame, guarding);
    }
    case "member": {
      const object = compileObject(expression, compiling);
      return (frame) => reachMember(object(frame), expression, frame, guarding);
    }
    case "index": {
      const object = compileObject(expression, compiling);
      const index = compile(expression.index, compiling);
      return (frame) => reachIndex(object(frame), index(frame), expression, frame, guarding);
    }
    case "slice": {
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
    case "method":
      return compileMethod(expression, compiling);
    default:
      return compile(expression, compiling);
  }
}

/** What stands left of `?.` is guarded by it. */
export function compileObject(
  { object, access }: { readonly object: Expression; readonly access: "required" | "optional" },
  compiling: Compiling,
): Walk {
  return compilePath(object, access === "optional" ? { ...compiling, guarding: "guarded" } : compiling);
}
