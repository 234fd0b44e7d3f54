import type { Expression } from "../syntax/expression.ts";
import { print } from "../syntax/print.ts";

/** An expression as a message shows it. */
export function sourceOf(expression: Expression): string {
  const text = print(expression);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
