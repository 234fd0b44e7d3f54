import type { Slice } from "../syntax/expression.ts";
import type { Value } from "../value.ts";
import { type Budget, takeSize, takeSteps } from "./budget.ts";
import { explainNull } from "./explain-path.ts";
import { Fault, located } from "./fault.ts";
import { CUT, type Frame, type Guarding, type Reached } from "./frame.ts";
import { miss, valueOf } from "./reach.ts";
import { sourceOf } from "./source-of.ts";
import { charactersOf, describe, isList } from "./values.ts";

/** A part of a list or text, as in Python: bounds are cut to what there is. */
export function sliceOf(
  object: Reached,
  bounds: readonly (Value | undefined)[],
  expression: Slice,
  frame: Frame,
  guarding: Guarding,
): Reached {
  if (object === CUT) return CUT;
  const value = valueOf(object, expression.object);
  if (value === null) return miss(() => explainNull("items", expression.object), expression, frame, guarding);
  const [from, to, step] = bounds.map((bound) => boundOf(bound, expression));
  if (isList(value))
    return partOf(value, positions(value.length, from, to, step ?? 1, frame.budget, expression));
  if (typeof value === "string") {
    const characters = charactersOf(value, frame.budget);
    return partOf(
      characters,
      positions(characters.length, from, to, step ?? 1, frame.budget, expression),
    ).join("");
  }
  const message = `${sourceOf(expression.object)} is ${describe(value)}; only lists and texts have parts.`;
  throw located(new Fault("type", message), expression);
}

function partOf<Item>(items: readonly Item[], indices: readonly number[]): Item[] {
  // Every index is inside the list.
  return indices.flatMap((index) => items.slice(index, index + 1));
}

function boundOf(bound: Value | undefined, expression: Slice): number | undefined {
  if (bound === undefined || bound === null) return undefined;
  if (typeof bound === "number" && Number.isInteger(bound)) return bound;
  throw located(
    new Fault("type", `The bounds of a slice are whole numbers, not ${describe(bound)}.`),
    expression,
  );
}

function positions(
  length: number,
  from: number | undefined,
  to: number | undefined,
  step: number,
  budget: Budget,
  expression: Slice,
): readonly number[] {
  if (step === 0) throw located(new Fault("value", "The step of a slice cannot be 0."), expression);
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: number): number =>
    Math.min(Math.max(bound < 0 ? bound + length : bound, lowest), highest);
  const first = from === undefined ? (step > 0 ? lowest : highest) : clamp(from);
  const last = to === undefined ? (step > 0 ? highest : lowest) : clamp(to);
  const count = Math.max(0, Math.ceil((last - first) / step));
  takeSize(budget, count);
  takeSteps(budget, count / 4);
  return Array.from({ length: count }, (_, index) => first + index * step);
}
