import type { ExpressionScope, ScopeName } from "#core/checks";
import { functionReference, parseExpression, parseTemplate, references } from "#core/expressions";
import type { FieldHover } from "#protocol";
import type { FieldPlace } from "./field-place.ts";

/** What is known of the name at an offset of a field's text; null where there is none. */
export function hoverExpression(
  text: string,
  offset: number,
  place: FieldPlace,
  scope: ExpressionScope,
): FieldHover | null {
  const parsed = place.kind === "expression" ? parseExpression(text) : parseTemplate(text);
  for (const { root, rootRange, path, pathRanges } of references(parsed)) {
    for (const [index, range] of [rootRange, ...pathRanges].entries()) {
      if (offset < range.start || offset > range.end) continue;
      const found = scope.describe(root, path.slice(0, index));
      return found === undefined ? null : { from: range.start, to: range.end, ...told(found) };
    }
  }
  return calledAt(text, offset);
}

function told({ name, kind, type, about }: ScopeName): { readonly title: string; readonly about: string } {
  const title = kind === "stage" || type === "" ? name : `${name}: ${type}`;
  return { title, about };
}

/** A function or a filter that is called there. */
function calledAt(text: string, offset: number): FieldHover | null {
  const before = /\w*$/.exec(text.slice(Math.max(0, offset - 60), offset))?.[0] ?? "";
  const after = /^\w*/.exec(text.slice(offset, offset + 60))?.[0] ?? "";
  const name = before + after;
  const from = offset - before.length;
  const to = offset + after.length;
  const isCalled = text.charAt(to) === "(" || text.slice(0, from).trimEnd().endsWith("|");
  if (name === "" || !isCalled) return null;
  const found = functionReference().find((each) => each.name === name);
  return found === undefined ? null : { from, to, title: found.signature, about: `A ${found.kind}.` };
}
