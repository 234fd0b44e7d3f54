import type { Binding, StageBinding } from "../scope.ts";
import type { Expression, Index, Member, Name, Range, Slice } from "../syntax/expression.ts";
import { nearest } from "../syntax/nearest.ts";
import type { Value } from "../value.ts";
import { type Budget, takeSize } from "./budget.ts";
import { Fault } from "./fault.ts";
import { Bound, CUT, type Frame, type Guarding, type Reached } from "./frame.ts";
import { sourceOf } from "./source-of.ts";
import { charactersOf, describe, isList, isObject, lengthOfText, ownMember } from "./values.ts";

/** What a name reaches in the scope. */
export function reachName(name: Name, frame: Frame, guarding: Guarding): Reached {
  const binding = frame.scope.resolve(name.name);
  if (binding !== undefined) return reachBinding(binding, name, frame, guarding);
  if (guarding === "guarded") return nothing(frame);
  throw located(new Fault("unknown-name", unknownName(name.name, frame)), name);
}

/** What a binding gives: its value, or itself where more can be asked of it than of a value. */
function reachBinding(binding: Binding, at: Range, frame: Frame, guarding: Guarding): Reached {
  switch (binding.kind) {
    case "value":
      return binding.value;
    case "namespace":
    case "stage":
      return new Bound(binding);
    case "absent": {
      if (guarding === "guarded" || binding.reason === "not-given") return nothing(frame);
      const { reason, what } = binding;
      const fault = new Fault("absent", `${what}; guard it, as in ${"`"}?? 'none'${"`"}, if that may be.`, {
        reason,
        what,
      });
      throw located(fault, at);
    }
  }
}

function nothing(frame: Frame): null {
  frame.missing++;
  return null;
}

/** The value at the end of a path. */
export function valueOf(reached: Reached, expression: Expression): Value {
  if (reached === CUT) return null;
  if (!(reached instanceof Bound)) return reached;
  if (reached.binding.kind === "stage") return reached.binding.output;
  const name = sourceOf(expression);
  const [example = "name"] = reached.binding.names();
  throw located(
    new Fault("type", `"${name}" stands for a group of names; name one, as in ${name}.${example}.`),
    expression,
  );
}

/** What stands behind a dot. */
export function reachMember(object: Reached, member: Member, frame: Frame, guarding: Guarding): Reached {
  return reach(object, member.name, member, member.nameRange, frame, guarding);
}

/** What stands in brackets: a key, or a position that may count from the end. */
export function reachIndex(
  object: Reached,
  index: Value,
  expression: Index,
  frame: Frame,
  guarding: Guarding,
): Reached {
  const at = expression.index;
  if (typeof index === "string") return reach(object, index, expression, at, frame, guarding);
  if (object === CUT) return CUT;
  const value = valueOf(object, expression.object);
  if (value === null)
    return miss(nullMessage(`item ${String(index)}`, expression.object), expression, at, frame, guarding);
  if (typeof index !== "number" || !Number.isInteger(index)) {
    throw located(new Fault("type", `"[ ]" needs a whole number or a key, not ${describe(index)}.`), at);
  }
  if (isList(value) || typeof value === "string") {
    const items = isList(value) ? value : charactersOf(value, frame.budget);
    const item = items.at(index);
    if (item !== undefined) return item;
    const kind = isList(value) ? "item" : "character";
    return miss(
      `${sourceOf(expression.object)} has no ${kind} ${index}: ${countOf(items.length, kind)}.`,
      expression,
      at,
      frame,
      guarding,
    );
  }
  if (isObject(value)) {
    const found = ownMember(value, String(index));
    if (found !== undefined) return found;
  }
  return miss(
    `${sourceOf(expression.object)} is ${describe(value)} and has no item ${index}.`,
    expression,
    at,
    frame,
    guarding,
  );
}

function reach(
  object: Reached,
  key: string,
  expression: Member | Index,
  at: Range,
  frame: Frame,
  guarding: Guarding,
): Reached {
  if (object === CUT) return CUT;
  if (object instanceof Bound) return reachInBinding(object.binding, key, expression, at, frame, guarding);
  if (typeof object === "object" && object !== null && !isList(object)) {
    const found = ownMember(object, key);
    if (found !== undefined) return found;
  } else if (key === "length" && (isList(object) || typeof object === "string")) {
    return isList(object) ? object.length : lengthOfText(object, frame.budget);
  }
  return miss(missingMember(object, key, expression.object), expression, at, frame, guarding);
}

function reachInBinding(
  binding: Bound["binding"],
  key: string,
  expression: Member | Index,
  at: Range,
  frame: Frame,
  guarding: Guarding,
): Reached {
  if (binding.kind === "stage") {
    const found = reachInStage(binding, key);
    if (found !== undefined) return found;
    const names = stageNames(binding);
    return miss(
      `Stage "${binding.id}" has no output "${key}".${hintFor(key, names)}`,
      expression,
      at,
      frame,
      guarding,
    );
  }
  const found = binding.resolve(key);
  if (found !== undefined) {
    const optional = expression.access === "optional" ? "guarded" : guarding;
    return reachBinding(found, expression, frame, optional);
  }
  return miss(
    `There is no "${key}" in ${sourceOf(expression.object)}.${hintFor(key, binding.names())}`,
    expression,
    at,
    frame,
    guarding,
  );
}

/** Own fields first, then aliases; `.output` is the whole output unless the component declares such a field. */
export function reachInStage(stage: StageBinding, key: string): Value | undefined {
  const { output } = stage;
  if (key === "output" && !stage.declaresOutput) return output;
  const own = isObject(output) ? ownMember(output, key) : undefined;
  if (own !== undefined) return own;
  const alias = Object.hasOwn(stage.aliases, key) ? stage.aliases[key] : undefined;
  if (alias !== undefined) return followAlias(output, alias);
  return key === "length" && isList(output) ? output.length : undefined;
}

function followAlias(output: Value, path: readonly string[]): Value | undefined {
  let current: Value | undefined = output;
  for (const key of path) current = isObject(current) ? ownMember(current, key) : undefined;
  return current;
}

function stageNames(stage: StageBinding): readonly string[] {
  return [
    ...(isObject(stage.output) ? Object.keys(stage.output) : []),
    ...Object.keys(stage.aliases),
    "output",
  ];
}

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
  if (value === null)
    return miss(nullMessage("items", expression.object), expression, expression, frame, guarding);
  if (!isList(value) && typeof value !== "string") {
    throw located(
      new Fault(
        "type",
        `${sourceOf(expression.object)} is ${describe(value)}; only lists and texts have parts.`,
      ),
      expression,
    );
  }
  const [from, to, step] = bounds.map((bound) => boundOf(bound, expression));
  const items = isList(value) ? value : charactersOf(value, frame.budget);
  const positions = slicePositions(items.length, from, to, step ?? 1, frame.budget, expression);
  return isList(value)
    ? positions.map((index) => items[index] ?? null)
    : positions.map((index) => items[index] ?? "").join("");
}

function boundOf(bound: Value | undefined, at: Range): number | undefined {
  if (bound === undefined || bound === null) return undefined;
  if (typeof bound === "number" && Number.isInteger(bound)) return bound;
  throw located(new Fault("type", `The parts of a slice are whole numbers, not ${describe(bound)}.`), at);
}

function slicePositions(
  length: number,
  from: number | undefined,
  to: number | undefined,
  step: number,
  budget: Budget,
  at: Range,
): number[] {
  if (step === 0) throw located(new Fault("value", "The step of a slice cannot be 0."), at);
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: number): number =>
    Math.min(Math.max(bound < 0 ? bound + length : bound, lowest), highest);
  const first = from === undefined ? (step > 0 ? lowest : highest) : clamp(from);
  const last = to === undefined ? (step > 0 ? highest : lowest) : clamp(to);
  const count = Math.max(0, Math.ceil((last - first) / step));
  takeSize(budget, count);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

/** A path that leads to nothing: CUT behind `?.`, null where it is guarded, else a failure. */
function miss(
  message: string,
  expression: Member | Index | Slice,
  at: Range,
  frame: Frame,
  guarding: Guarding,
): Reached {
  if (expression.access === "optional") {
    frame.missing++;
    return CUT;
  }
  if (guarding === "guarded") return nothing(frame);
  throw located(new Fault("missing", message), at);
}

function missingMember(object: Value, key: string, expression: Expression): string {
  const source = sourceOf(expression);
  if (object === null) return nullMessage(`"${key}"`, expression);
  if (isList(object)) {
    return `${source} is ${describe(object)} and has no "${key}"; take one item, as in ${source}[0].${key}, or all: [item.${key} for item in ${source}].`;
  }
  if (!isObject(object)) return `${source} is ${describe(object)} and has no "${key}".`;
  return `${source} has no "${key}".${hintFor(key, Object.keys(object))}`;
}

function nullMessage(what: string, expression: Expression): string {
  return `${sourceOf(expression)} is null and has no ${what}; write ?. or ?? if that may be.`;
}

/** The nearest name, or what there is when that is little. */
export function hintFor(name: string, names: Iterable<string>): string {
  const all = Array.from(take(names, 1000));
  const suggestion = nearest(name, all);
  if (suggestion !== undefined) return ` Did you mean "${suggestion}"?`;
  if (all.length === 0) return " It has no names at all.";
  return all.length <= 8 ? ` It has ${all.map((each) => `"${each}"`).join(", ")}.` : "";
}

function* take(names: Iterable<string>, count: number): Iterable<string> {
  let taken = 0;
  for (const name of names) {
    if (++taken > count) return;
    yield name;
  }
}

function unknownName(name: string, frame: Frame): string {
  const names = Array.from(take(frame.scope.names(), 1000));
  // `step-1` is a subtraction outside of `upstream.` and `stages.`.
  const numbered = names.find(
    (each) => each.startsWith(`${name}-`) && /^\d/.test(each.slice(name.length + 1)),
  );
  if (numbered !== undefined)
    return `Nothing here is called "${name}"; for the stage "${numbered}" write upstream.${numbered}.`;
  const suggestion = nearest(name, names);
  if (suggestion !== undefined) return `Nothing here is called "${name}". Did you mean "${suggestion}"?`;
  return `Nothing here is called "${name}"; to write a text, quote it: '${name}'.`;
}

function countOf(count: number, kind: string): string {
  if (count === 0) return "it is empty";
  return count === 1 ? `it has 1 ${kind}` : `it has ${count} ${kind}s`;
}

/** Gives a fault its place, unless an operation further inside did. */
export function located(fault: Fault, { start, end }: Range): Fault {
  if (fault.start === -1) {
    fault.start = start;
    fault.end = end;
  }
  return fault;
}
