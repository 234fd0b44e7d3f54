import type { Calculation } from "../functions/definition.ts";
import type { Binding, Scope } from "../scope.ts";
import type { Value } from "../value.ts";

/** One evaluation: what it sees and what it has used up. */
export interface Frame extends Calculation {
  readonly scope: Scope;
  /** Variables of comprehensions, by slot. */
  readonly slots: Value[];
  /** How many names and paths without a value were read so far; guards and `is defined` compare it. */
  missing: number;
}

/** A compiled expression. */
export type Step = (frame: Frame) => Value;

/** A name that stands for more than a value: a stage with its aliases, a root with names inside. */
export class Bound {
  readonly binding: Exclude<Binding, { kind: "value" | "absent" }>;

  constructor(binding: Bound["binding"]) {
    this.binding = binding;
  }
}

/** What a path has reached; CUT is where `?.` found nothing, so that the rest of the path is not walked. */
export type Reached = Value | Bound | typeof CUT;
export const CUT: unique symbol = Symbol("cut");

/** A compiled path. */
export type Walk = (frame: Frame) => Reached;

/** In a guarded place a path that leads to nothing is null; elsewhere it fails. */
export type Guarding = "guarded" | "unguarded";

/** How an expression is compiled: what comprehension variables are in sight, and whether its place is guarded. */
export interface Compiling {
  readonly variables: ReadonlyMap<string, number>;
  readonly guarding: Guarding;
}
