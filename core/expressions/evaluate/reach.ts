import type { Binding, OutputAliases, OutputPath, StageBinding } from "../scope.ts";
import type { Expression, Index, Member, Name, Range, Slice } from "../syntax/expression.ts";
import type { Value } from "../value.ts";
import { explainItem, explainMember, explainName, explainNamespace, explainStage } from "./explain-path.ts";
import { Fault, located, type Message } from "./fault.ts";
import { Bound, CUT, type Frame, type Guarding, type Reached } from "./frame.ts";
import { sourceOf } from "./source-of.ts";
import { charactersOf, describe, isList, isObject, lengthOfText, ownMember } from "./values.ts";

/** What a name reaches in the scope. */
export function reachName(name: Name, frame: Frame, guarding: Guarding): Reached {
  const binding = frame.scope.resolve(name.name);
  if (binding !== undefined) return reachBinding(binding, name, frame, guarding);
  if (guarding === "guarded") return nothing(frame);
  throw located(new Fault("unknown-name", () => explainName(name.name, frame.scope.names())), name);
}

/** What stands behind a dot. */
export function reachMember(object: Reached, member: Member, frame: Frame, guarding: Guarding): Reached {
  return reachKey(object, member.name, member, frame, guarding);
}

/** What stands in brackets: a key, or a position that may count from the end. */
export function reachIndex(
  object: Reached,
  index: Value,
  expression: Index,
  frame: Frame,
  guarding: Guarding,
): Reached {
  if (object === CUT) return CUT;
  if (typeof index === "string") return reachKey(object, index, expression, frame, guarding);
  if (typeof index !== "number" || !Number.isInteger(index)) {
    const message = `"[ ]" needs a whole number or a key, not ${describe(index)}.`;
    throw located(new Fault("type", message), expression.index);
  }
  const value = valueOf(object, expression.object);
  const found = itemAt(value, index, frame);
  return (
    found ??
    (found === null
      ? null
      : miss(() => explainItem(value, index, expression.object), expression, frame, guarding))
  );
}

/** A path that leads to nothing: CUT behind `?.`, null where it is guarded, else a failure. */
export function miss(
  message: Message,
  expression: Member | Index | Slice,
  frame: Frame,
  guarding: Guarding,
): Reached {
  if (expression.access === "optional") {
    frame.missing++;
    return CUT;
  }
  if (guarding === "guarded") return nothing(frame);
  throw located(new Fault("missing", message), lastStepOf(expression));
}

/** The value at the end of a path. */
export function valueOf(reached: Reached, expression: Expression): Value {
  if (reached === CUT) return null;
  if (!(reached instanceof Bound)) return reached;
  const { binding } = reached;
  if (binding.kind === "stage") return binding.output;
  const message = (): string => {
    const name = sourceOf(expression);
    const [example = "name"] = binding.names();
    return `"${name}" stands for a group of names; name one, as in ${name}.${example}.`;
  };
  throw located(new Fault("type", message), expression);
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

/** What a binding gives: its value, or itself where more can be asked of it than of a value. */
function reachBinding(binding: Binding, at: Range, frame: Frame, guarding: Guarding): Reached {
  switch (binding.kind) {
    case "value":
      return binding.value;
    case "namespace":
    case "stage":
      return new Bound(binding);
    case "absent": {
      const { reason, what } = binding;
      if (guarding === "guarded" || reason === "not-given") return nothing(frame);
      throw located(
        new Fault("absent", `${what.replace(/\.$/, "")}. If that may be, guard it, as in ?? 'none'.`, {
          reason,
          what,
        }),
        at,
      );
    }
  }
}

function reachKey(
  object: Reached,
  key: string,
  expression: Member | Index,
  frame: Frame,
  guarding: Guarding,
): Reached {
  if (object === CUT) return CUT;
  if (object instanceof Bound) return reachInBinding(object.binding, key, expression, frame, guarding);
  if (typeof object === "string" || isList(object)) {
    if (key === "length") return isList(object) ? object.length : lengthOfText(object, frame.budget);
  } else if (typeof object === "object" && object !== null) {
    const found = ownMember(object, key);
    if (found !== undefined) return found;
  }
  return miss(() => explainMember(object, key, expression.object), expression, frame, guarding);
}

function reachInBinding(
  binding: Bound["binding"],
  key: string,
  expression: Member | Index,
  frame: Frame,
  guarding: Guarding,
): Reached {
  if (binding.kind === "stage") {
    const found = reachInStage(binding, key);
    return found === undefined ? miss(() => explainStage(binding, key), expression, frame, guarding) : found;
  }
  const found = binding.resolve(key);
  if (found === undefined)
    return miss(() => explainNamespace(binding, key, expression.object), expression, frame, guarding);
  return reachBinding(found, expression, frame, expression.access === "optional" ? "guarded" : guarding);
}

/** The item, character or member at a position; undefined where there is none. */
function itemAt(value: Value, index: number, frame: Frame): Value | undefined {
  if (isList(value)) return value.at(index);
  if (typeof value === "string") return charactersOf(value, frame.budget).at(index);
  return isObject(value) ? ownMember(value, String(index)) : undefined;
}

function followAlias(output: Value, alias: OutputAliases[string]): Value | undefined {
  if (isPath(alias)) return followPath(output, alias);
  const members = Object.entries(alias).map(
    ([name, path]) => [name, followPath(output, path) ?? null] as const,
  );
  return Object.fromEntries(members);
}

function isPath(alias: OutputAliases[string]): alias is OutputPath {
  return Array.isArray(alias);
}

function followPath(output: Value, path: OutputPath): Value | undefined {
  let current: Value | undefined = output;
  for (const key of path) current = isObject(current) ? ownMember(current, key) : undefined;
  return current;
}

function nothing(frame: Frame): null {
  frame.missing++;
  return null;
}

/** Where a path broke: its last step. */
function lastStepOf(expression: Member | Index | Slice): Range {
  if (expression.kind === "member") return expression.nameRange;
  return expression.kind === "index" ? expression.index : expression;
}
