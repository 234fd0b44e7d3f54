import type { Directive } from "#core/ports";
import type { ValueRef } from "./value-ref.ts";

/** A directive that is carried out as its stage ends, with its values in the journal's store. */
export type FinalDecision =
  | Extract<Directive, { kind: "branch" }>
  | Recorded<Extract<Directive, { kind: "return" }>, "value">;

/** A directive of a stage that owns others. */
export type OwnerDecision =
  | Recorded<Extract<Directive, { kind: "iterate" }>, "items">
  | Extract<Directive, { kind: "try" }>
  | Recorded<Extract<Directive, { kind: "call" }>, "input">
  /** Not the component's but the engine's: the legs of `strategy.matrix`, which run as rounds do. */
  | {
      readonly kind: "matrix";
      readonly items: ValueRef;
      readonly indexes: readonly number[];
      readonly parallel: number;
      readonly breakOnError: boolean;
    };

/** `T` with the value at `K` stored in the journal. */
type Recorded<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: ValueRef };
