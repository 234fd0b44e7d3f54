/** Part of the text that was parsed: offsets in UTF-16 code units, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The syntax of an expression. Parentheses are gone; `print` puts back those that are needed. */
export type Expression =
  | Literal
  | InterpolatedText
  | Name
  | Member
  | Index
  | Slice
  | MethodCall
  | FunctionCall
  | Unary
  | Not
  | Binary
  | Logical
  | Comparison
  | Test
  | Conditional
  | ListLiteral
  | DictionaryLiteral
  | Comprehension;

export interface Literal extends Range {
  readonly kind: "literal";
  readonly value: null | boolean | number | string;
}

/** A quoted literal of an expression field with `{{ }}` in it. */
export interface InterpolatedText extends Range {
  readonly kind: "interpolated";
  readonly parts: readonly (string | Expression)[];
}

export interface Name extends Range {
  readonly kind: "name";
  readonly name: string;
}

export interface Member extends Range {
  readonly kind: "member";
  readonly object: Expression;
  readonly name: string;
  readonly nameRange: Range;
  readonly access: Access;
}

/** `a.b` fails where `b` is missing; `a?.b` is null there, and so is the rest of its path. */
export type Access = "required" | "optional";

export interface Index extends Range {
  readonly kind: "index";
  readonly object: Expression;
  readonly index: Expression;
  readonly access: Access;
}

export interface Slice extends Range {
  readonly kind: "slice";
  readonly object: Expression;
  readonly from: Expression | null;
  readonly to: Expression | null;
  readonly step: Expression | null;
  readonly access: Access;
}

export interface MethodCall extends Range {
  readonly kind: "method";
  readonly object: Expression;
  readonly name: string;
  readonly nameRange: Range;
  readonly access: Access;
  readonly arguments: Arguments;
}

/** `name(value, …)`, and `value | name(…)`, which is the same with the value first. */
export interface FunctionCall extends Range {
  readonly kind: "call";
  readonly name: string;
  readonly nameRange: Range;
  readonly style: "call" | "filter";
  readonly arguments: Arguments;
}

export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
}

export interface NamedArgument extends Range {
  readonly name: string;
  readonly value: Expression;
}

export interface Unary extends Range {
  readonly kind: "unary";
  readonly operator: "-" | "+";
  readonly operand: Expression;
}

/** `not a`, and `!a`, which binds tighter. */
export interface Not extends Range {
  readonly kind: "not";
  readonly operand: Expression;
}

export type BinaryOperator = "+" | "-" | "~" | "*" | "/" | "//" | "%" | "**";

export interface Binary extends Range {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Logical extends Range {
  readonly kind: "logical";
  readonly operator: "and" | "or" | "??";
  readonly left: Expression;
  readonly right: Expression;
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";

/** `a < b <= c` compares each neighbours, as in Python. */
export interface Comparison extends Range {
  readonly kind: "comparison";
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
}

/** `a is defined`, `a is not divisibleby(3)`. */
export interface Test extends Range {
  readonly kind: "test";
  readonly operand: Expression;
  readonly name: string;
  readonly nameRange: Range;
  readonly sense: "is" | "is not";
  readonly arguments: Arguments;
}

/** `a if test else b`, `test ? a : b`. */
export interface Conditional extends Range {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

/** `[a, b]`, and `(a, b)`, which is the same here. */
export interface ListLiteral extends Range {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

export interface DictionaryLiteral extends Range {
  readonly kind: "dictionary";
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: Expression;
  readonly value: Expression;
}

/** What a comprehension makes: a list, a list of different values, or an object. */
export interface Comprehension extends Range {
  readonly kind: "comprehension";
  readonly yields:
    | { readonly kind: "list" | "set"; readonly item: Expression }
    | { readonly kind: "dictionary"; readonly entry: Entry };
  readonly clauses: readonly ForClause[];
}

export interface ForClause {
  readonly targets: readonly Target[];
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

export interface Target extends Range {
  readonly name: string;
}
