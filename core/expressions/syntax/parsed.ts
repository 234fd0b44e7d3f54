import type { Expression, Range } from "./expression.ts";
import type { ExpressionProblem } from "./problem.ts";

/** A bare expression, as `when`, conditions, breakpoints and watches hold one. */
export interface ParsedExpression {
  readonly kind: "expression";
  readonly text: string;
  /** Null when there is a problem. */
  readonly expression: Expression | null;
  /** Offsets are those of `text`. */
  readonly problems: readonly ExpressionProblem[];
}

/** A text with `{{ }}` in it, or none. */
export interface ParsedTemplate {
  readonly kind: "template";
  readonly text: string;
  readonly parts: readonly TemplatePart[];
  readonly problems: readonly ExpressionProblem[];
}

export type TemplatePart =
  | ({ readonly kind: "text"; readonly text: string } & Range)
  /** The range includes the braces; `expression` is null when there is a problem in it. */
  | ({ readonly kind: "interpolation"; readonly expression: Expression | null } & Range)
  | ConditionPart;

/** `{{#if a}} … {{else if b}} … {{else}} … {{/if}}`; the first branch whose test holds is the text. */
export interface ConditionPart extends Range {
  readonly kind: "condition";
  readonly branches: readonly Branch[];
  readonly otherwise: readonly TemplatePart[];
}

export interface Branch {
  readonly test: Expression | null;
  readonly parts: readonly TemplatePart[];
}
