import { bindArguments } from "../functions/bind-arguments.ts";
import type { Calculation, Definition } from "../functions/definition.ts";
import { functionTable } from "../functions/function-table.ts";
import { testTable } from "../functions/tests.ts";
import { methodsNamed, methodsOf, methodTables } from "../methods/method-tables.ts";
import type { Arguments, Expression, FunctionCall, MethodCall, Test } from "../syntax/expression.ts";
import { nearest } from "../syntax/nearest.ts";
import type { Value } from "../value.ts";
import { takeSteps } from "./budget.ts";
import { compile, compileGuarded, compileSettled } from "./compile.ts";
import { compileObject } from "./compile-path.ts";
import { hintFor } from "./explain-path.ts";
import { Fault, fail, located } from "./fault.ts";
import { Bound, type Compiling, CUT, type Frame, type Step, type Walk } from "./frame.ts";
import { reachInStage, valueOf } from "./reach.ts";
import { sourceOf } from "./source-of.ts";
import { describe, isTrue } from "./values.ts";

/** Compiles `name(value)` and `value | name`. That the function exists and the arguments fit was checked before. */
export function compileCall(call: FunctionCall, compiling: Compiling): Step {
  const definition = functionTable.get(call.name);
  if (definition === undefined) throw new Error(`The function ${call.name} was not checked`);
  if (definition.signature.name === "default") return compileDefault(call, compiling);
  const bound = compileArguments(definition, call.arguments, 0, compiling);
  return (frame) => invoke(definition, bound(frame), frame, call.name, call);
}

/** The value is guarded, and the fallback is looked at only when it is needed. */
function compileDefault(call: FunctionCall, compiling: Compiling): Step {
  const { positional, named } = call.arguments;
  const argument = (position: number, name: string): Expression | undefined =>
    positional[position] ?? named.find((each) => each.name === name)?.value;
  const [value, fallback, falsy] = [argument(0, "value"), argument(1, "fallback"), argument(2, "falsy")];
  const first = value === undefined ? () => null : compileSettled(value, compiling);
  const second = fallback === undefined ? () => "" : compile(fallback, compiling);
  const all = falsy === undefined ? () => false : compile(falsy, compiling);
  return (frame) => {
    const given = first(frame);
    if (given !== null && (isTrue(given) || !isTrue(all(frame)))) return given;
    return second(frame);
  };
}

/** Compiles `object.name(…)`. `.get` looks at what stages and roots are called by; all else at the value. */
export function compileMethod(call: MethodCall, compiling: Compiling): Walk {
  const object = compileObject(call, compiling);
  const getting = call.name === "get" ? compileGet(call, compiling) : undefined;
  const bound = new Map(
    methodsNamed(call.name).map((definition) => [
      definition,
      compileArguments(definition, call.arguments, 1, compiling),
    ]),
  );
  return (frame) => {
    const reached = object(frame);
    if (reached === CUT) return CUT;
    if (reached === null && call.access === "optional") return CUT;
    if (reached instanceof Bound && getting !== undefined) return getting(reached, frame);
    const receiver = valueOf(reached, call.object);
    const definition = methodsOf(receiver)?.get(call.name);
    const given = definition === undefined ? undefined : bound.get(definition);
    if (definition === undefined || given === undefined) {
      throw located(new Fault("type", () => noMethod(receiver, call)), call.nameRange);
    }
    return invoke(definition, [receiver, ...given(frame).slice(1)], frame, call.name, call);
  };
}

/** `.get` of a stage or root: an alias is found, and what is absent is the default. */
function compileGet(call: MethodCall, compiling: Compiling): (bound: Bound, frame: Frame) => Value {
  const definition = methodTables.object.get("get");
  if (definition === undefined) throw new Error("Objects have no get");
  const given = compileArguments(definition, call.arguments, 1, compiling);
  return ({ binding }, frame) => {
    const [, key, otherwise] = given(frame);
    if (typeof key !== "string") {
      throw located(new Fault("type", `get needs a text as the key, not ${describe(key ?? null)}.`), call);
    }
    const found =
      binding.kind === "stage" ? reachInStage(binding, key) : fromNamespace(binding.resolve(key), call);
    return found === undefined ? (otherwise ?? null) : found;
  };
}

function fromNamespace(
  binding: ReturnType<Extract<Bound["binding"], { kind: "namespace" }>["resolve"]>,
  call: MethodCall,
): Value | undefined {
  if (binding === undefined || binding.kind === "absent") return undefined;
  return binding.kind === "value" ? binding.value : valueOf(new Bound(binding), call);
}

function noMethod(receiver: Value, call: MethodCall): string {
  const source = sourceOf(call.object);
  const names = methodsOf(receiver)?.keys() ?? [];
  const suggestion = nearest(call.name, names);
  const hint = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
  if (receiver === null)
    return `${source} is null and has no method ${call.name}; write ?. or ?? if that may be.`;
  return `${source} is ${describe(receiver)} and has no method ${call.name}.${hint}`;
}

/** Compiles `value is name`. `defined` asks whether the path leads anywhere. */
export function compileTest(test: Test, compiling: Compiling): Step {
  const definition = testTable.get(test.name);
  if (definition === undefined) throw new Error(`The test ${test.name} was not checked`);
  const wanted = test.sense === "is";
  const { name } = definition.signature;
  if (name === "defined" || name === "undefined") {
    const operand = compileGuarded(test.operand, compiling);
    return (frame) => {
      const before = frame.missing;
      operand(frame);
      const found = frame.missing === before;
      frame.missing = before;
      return found === (wanted === (name === "defined"));
    };
  }
  const operand = compile(test.operand, compiling);
  const bound = compileArguments(definition, test.arguments, 1, compiling);
  return (frame) =>
    invoke(definition, [operand(frame), ...bound(frame).slice(1)], frame, `is ${test.name}`, test) === wanted;
}

/** Orders the arguments by parameter, after those that stand before the name: a method's or test's value. */
function compileArguments(
  definition: Definition<unknown>,
  { positional, named }: Arguments,
  received: number,
  compiling: Compiling,
): (frame: Frame) => readonly (Value | undefined)[] {
  const names = named.map(({ name }) => name);
  const binding = bindArguments(definition.signature, positional.length + received, names);
  if (!binding.ok) {
    // A method of one kind of value may take other arguments than one of the same name of another kind.
    const { message } = binding;
    return () => fail("type", message);
  }
  const steps = binding.order.map((given) => {
    if (given === undefined || (given.kind === "positional" && given.position < received)) return undefined;
    const argument =
      given.kind === "named" ? named[given.position]?.value : positional[given.position - received];
    return argument === undefined ? undefined : compile(argument, compiling);
  });
  return (frame) => steps.map((step) => step?.(frame));
}

function invoke<Result>(
  definition: Definition<Result>,
  values: readonly (Value | undefined)[],
  frame: Frame,
  name: string,
  at: Expression,
): Result {
  takeSteps(frame.budget, 1);
  try {
    return definition.call(frame, values);
  } catch (error) {
    throw error instanceof Fault ? namedAfter(error, name, at) : error;
  }
}

/** Functions say what they need or cannot do; their name comes before that. */
function namedAfter(fault: Fault, name: string, at: Expression): Fault {
  if (fault.start === -1 && fault.code !== "budget" && fault.code !== "deep-value") fault.subject ??= name;
  return located(fault, at);
}

/** Calls by names that are values, for `map("upper")` and `select("odd")`. */
export const callsByName: Pick<Calculation, "callFunction" | "callTest"> = {
  callFunction(this: Calculation, name, values) {
    const definition = functionTable.get(name);
    if (definition === undefined)
      return fail("value", `finds no function "${name}".${hintFor(name, functionTable.keys())}`);
    return definition.call(this, orderedBy(definition, values));
  },
  callTest(this: Calculation, name, values) {
    const definition = testTable.get(name) ?? testTable.get(comparisonTests.get(name) ?? "");
    if (definition === undefined)
      return fail("value", `finds no test "${name}".${hintFor(name, testTable.keys())}`);
    return definition.call(this, orderedBy(definition, values));
  },
};

/** Jinja takes operators as names of tests: `selectattr("age", ">", 18)`. */
const comparisonTests: ReadonlyMap<string, string> = new Map([
  ["==", "eq"],
  ["!=", "ne"],
  ["<", "lt"],
  ["<=", "le"],
  [">", "gt"],
  [">=", "ge"],
]);

function orderedBy(
  definition: Definition<unknown>,
  values: readonly Value[],
): readonly (Value | undefined)[] {
  const binding = bindArguments(definition.signature, values.length, []);
  if (!binding.ok) return fail("value", `cannot call it: ${binding.message}`);
  return binding.order.map((given) => (given === undefined ? undefined : values[given.position]));
}
