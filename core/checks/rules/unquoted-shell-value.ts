import type { Expression, ParsedExpression, ParsedTemplate } from "#core/expressions";
import type { Span } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A value in a line for a shell is read by the shell: `; rm -rf ~` in it is a command. */
export function* unquotedShellValue({ definition, inputs, expressions }: StageFacts): Iterable<Finding> {
  if (definition?.type !== "command") return;
  for (const { field, value } of inputs) {
    // In a list each item is one argument, whatever it holds.
    if (field !== "command" || value.kind !== "string") continue;
    const expression = expressions.find(({ text, place, spanOf }) => {
      const { start } = spanOf({ start: 0, end: 0 });
      return (
        place === "input" && text === value.value && start >= value.span.start && start <= value.span.end
      );
    });
    if (expression === undefined) continue;
    for (const span of unquotedIn(expression.parsed)) {
      yield {
        rule: "unquoted-shell-value",
        message:
          'The shell reads this value as a part of the line, so that whoever makes it can run commands of their own. Write the command as a list, pass the value in "env" and use it as "$NAME", or quote it: {{ … | quote }}.',
        span: expression.spanOf(span),
      };
    }
  }
}

function* unquotedIn(parsed: ParsedTemplate | ParsedExpression): Iterable<Span> {
  if (parsed.kind === "expression") return;
  for (const part of parsed.parts) {
    if (part.kind === "interpolation" && part.expression !== null && !isQuoted(part.expression))
      yield { start: part.start, end: part.end };
  }
}

/** The last that is done with it is `quote`; a number, or what is written here, is no danger. */
function isQuoted(expression: Expression): boolean {
  return expression.kind === "literal" || (expression.kind === "call" && expression.name === "quote");
}
