import { childrenOf } from "./syntax/children.ts";
import type { Expression, Range } from "./syntax/expression.ts";
import type { ParsedExpression, ParsedTemplate, TemplatePart } from "./syntax/parsed.ts";

/** What is wrong where one does, and what to do. */
export const SECRET_MISUSE =
  "A secret can only be passed on: as {{ secrets.NAME }}, alone or within a text. Its value is put in when the component runs, so that filters, comparisons and conditions would not see it.";

/**
 * Where an expression does more with a secret than to pass it on. While expressions are evaluated a marker stands in its
 * place, so that only `{{ secrets.NAME }}`, alone or within a text, and a choice of one mean what they say.
 */
export function secretMisuses(parsed: ParsedExpression | ParsedTemplate): readonly Range[] {
  const found: Range[] = [];
  if (parsed.kind === "template") inParts(parsed.parts, found);
  else if (parsed.expression !== null) look(parsed.expression, "computed", found);
  return found;
}

function inParts(parts: readonly TemplatePart[], found: Range[]): void {
  for (const part of parts) {
    switch (part.kind) {
      case "text":
        break;
      case "interpolation":
        if (part.expression !== null) look(part.expression, "passed-on", found);
        break;
      case "condition":
        for (const { test, parts: body } of part.branches) {
          if (test !== null) look(test, "computed", found);
          inParts(body, found);
        }
        inParts(part.otherwise, found);
    }
  }
}

function look(expression: Expression, use: "passed-on" | "computed", found: Range[]): void {
  if (isSecret(expression)) {
    if (use === "computed") found.push({ start: expression.start, end: expression.end });
    return;
  }
  if (expression.kind === "name") {
    if (expression.name === "secrets") found.push({ start: expression.start, end: expression.end });
    return;
  }
  if (expression.kind === "conditional") {
    look(expression.test, "computed", found);
    look(expression.then, use, found);
    look(expression.otherwise, use, found);
    return;
  }
  for (const child of childrenOf(expression)) look(child, "computed", found);
}

/** `secrets.NAME`, `secrets["NAME"]`. */
function isSecret(expression: Expression): boolean {
  if (expression.kind !== "member" && expression.kind !== "index") return false;
  if (expression.object.kind !== "name" || expression.object.name !== "secrets") return false;
  return (
    expression.kind === "member" ||
    (expression.index.kind === "literal" && typeof expression.index.value === "string")
  );
}
