import { itemsOf } from "../functions/arguments.ts";
import { uniqueValues } from "../functions/unique-values.ts";
import { countNodes } from "../syntax/children.ts";
import type { Comprehension, Expression, ForClause } from "../syntax/expression.ts";
import type { Value } from "../value.ts";
import { takeSize, takeSteps } from "./budget.ts";
import { atPlace, compile, keyOf } from "./compile.ts";
import { fail } from "./fault.ts";
import type { Compiling, Frame, Step } from "./frame.ts";
import { sourceOf } from "./source-of.ts";
import { describe, isList, isObject, isTrue, setMember } from "./values.ts";

/** What a loop does for each combination of its variables. */
type Emit = (frame: Frame) => void;

/** Compiles a comprehension to nested loops. */
export function compileComprehension(comprehension: Comprehension, compiling: Compiling): Step {
  const { yields, clauses } = comprehension;
  // Whatever is done for an item is at most all that is written.
  const loop = compileClauses(clauses, compiling, countNodes(comprehension));
  const inside = clauses.reduce(
    (around, { targets }) =>
      withVariables(
        around,
        targets.map(({ name }) => name),
      ),
    compiling,
  );
  if (yields.kind === "dictionary") {
    const [key, value] = [compile(yields.entry.key, inside), compile(yields.entry.value, inside)];
    return (frame) => {
      const object: Record<string, Value> = {};
      loop(frame, () => {
        takeSize(frame.budget, 1);
        setMember(object, keyOf(key(frame), yields.entry.key), value(frame));
      });
      return object;
    };
  }
  const item = compile(yields.item, inside);
  return (frame) => {
    const items: Value[] = [];
    loop(frame, () => {
      takeSize(frame.budget, 1);
      items.push(item(frame));
    });
    return yields.kind === "list" ? items : uniqueValues(items, (each) => each, frame.budget);
  };
}

function withVariables(compiling: Compiling, names: readonly string[]): Compiling {
  const variables = new Map(compiling.variables);
  // Slots are never shared between variables that are in sight together.
  let next = Math.max(-1, ...variables.values());
  for (const name of names) variables.set(name, ++next);
  return { ...compiling, variables };
}

/** The first clause goes through what is in sight around the comprehension, the others see the variables before. */
function compileClauses(
  clauses: readonly ForClause[],
  compiling: Compiling,
  cost: number,
): (frame: Frame, emit: Emit) => void {
  const [clause, ...rest] = clauses;
  if (clause === undefined) return (frame, emit) => emit(frame);
  const inside = withVariables(
    compiling,
    clause.targets.map(({ name }) => name),
  );
  const iterable = compile(clause.iterable, compiling);
  const conditions = clause.conditions.map((condition) => compile(condition, inside));
  const next = compileClauses(rest, inside, cost);
  const slots = clause.targets.map(({ name }) => inside.variables.get(name) ?? 0);
  return (frame, emit) => {
    for (const item of iterated(iterable(frame), clause.iterable, frame)) {
      takeSteps(frame.budget, cost);
      assign(slots, item, clause, frame);
      if (conditions.every((condition) => isTrue(condition(frame)))) next(frame, emit);
    }
  };
}

function iterated(value: Value, at: Expression, frame: Frame): readonly Value[] {
  if (isList(value)) return value;
  if (typeof value === "string" || isObject(value)) return itemsOf(value, frame.budget);
  return atPlace(at, () =>
    fail("type", `${sourceOf(at)} is ${describe(value)}; only lists, texts and objects can be gone through.`),
  );
}

function assign(slots: readonly number[], item: Value, clause: ForClause, frame: Frame): void {
  const [first] = slots;
  if (slots.length === 1 && first !== undefined) {
    frame.slots[first] = item;
    return;
  }
  if (!isList(item) || item.length !== slots.length) {
    return atPlace(clause.iterable, () =>
      fail(
        "type",
        `Each item is to be taken apart into ${slots.length} variables, and one is ${describe(item)}.`,
      ),
    );
  }
  for (const [index, slot] of slots.entries()) frame.slots[slot] = item[index] ?? null;
}
