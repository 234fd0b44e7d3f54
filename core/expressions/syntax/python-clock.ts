import type { Arguments, Expression, FunctionCall, MethodCall, Slice } from "./expression.ts";

/** Where Python has its clock, as the beginning of `datetime.now()` names it. */
const clocks: ReadonlySet<string> = new Set(["datetime", "datetime.datetime", "dt.datetime"]);
const days: ReadonlySet<string> = new Set(["date", "datetime.date"]);

/**
 * Python's `datetime.now()`, `datetime.utcnow()` and `date.today()` are `now()`, and its day: the time of the attempt,
 * in UTC. Other calls, and a clock of another time zone, stay what they are, so that they are refused by name.
 */
export function readPythonClock(call: MethodCall): Expression {
  const place = placeOf(call.object);
  if (place === null || !isUtc(call.arguments)) return call;
  const { start, end, name, nameRange } = call;
  const now: FunctionCall = {
    kind: "call",
    style: "call",
    name: "now",
    nameRange,
    arguments: { positional: [], named: [] },
    start,
    end,
  };
  if (clocks.has(place) && (name === "now" || name === "utcnow" || name === "today")) return now;
  if (!days.has(place) || name !== "today") return call;
  const day: Slice = {
    kind: "slice",
    object: now,
    from: null,
    to: { kind: "literal", value: 10, start, end },
    step: null,
    access: "required",
    start,
    end,
  };
  return day;
}

function isUtc({ positional, named }: Arguments): boolean {
  const given = [...positional, ...named.map(({ value }) => value)];
  return given.every((each) => ["timezone.utc", "datetime.timezone.utc"].includes(placeOf(each) ?? ""));
}

/** `a.b` as it is written; null for what is no such path. */
function placeOf(expression: Expression): string | null {
  if (expression.kind === "name") return expression.name;
  if (expression.kind !== "member") return null;
  const object = placeOf(expression.object);
  return object === null ? null : `${object}.${expression.name}`;
}
