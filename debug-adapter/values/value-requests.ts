import type { Json } from "#core/ports";
import { READ_VALUE_VERSION, type ReadValue, type ReadValueArguments, readValueRequest } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { Client, RequestHandler } from "../connection.ts";
import type { Inspection } from "../inspection.ts";
import { type NamedValue, typeName } from "../variables.ts";
import { kindsOf } from "./kinds-of.ts";
import { createLastText } from "./last-text.ts";
import { pageOf } from "./value-page.ts";

/** Values that viewers may be open on at a time; of the one after these the oldest is let go. */
const MOST_HELD = 20;

interface HeldValue {
  readonly row: NamedValue;
  readonly kinds: ReadValue["kinds"];
}

/**
 * Answers what a value is, by parts. Each is kept as it is when it is first asked for, so that a viewer can go on in it
 * when the run has gone on; and without secrets, which are looked for in all of it: of one that a part cuts no redactor
 * would know the rest.
 */
export function valueRequests(
  inspection: Pick<Inspection, "rowOf" | "resultOf">,
  { redacted }: Pick<Client, "redacted">,
): readonly (readonly [string, RequestHandler])[] {
  const held = new Map<number, HeldValue>();
  const textOf = createLastText();
  let last = 0;

  const hold = (found: NamedValue): number => {
    const value: Json = redacted(found.value);
    const row: NamedValue = { name: found.name, value, evaluateName: found.evaluateName };
    held.set(++last, { row, kinds: kindsOf(value) });
    held.delete(last - MOST_HELD);
    return last;
  };
  const handleOf = (args: ReadValueArguments): number => {
    if ("value" in args) return args.value;
    if ("expression" in args) return hold(inspection.resultOf(args.expression, args.frameId));
    return hold(inspection.rowOf(args.variablesReference, args.name));
  };

  const read = (given: unknown): ReadValue => {
    const asked = readValueRequest.arguments.safeParse(given);
    if (!asked.success) throw adapterErrors.invalidArguments(readValueRequest.name, asked.error.message);
    const value = handleOf(asked.data);
    const found = held.get(value);
    if (found === undefined) throw adapterErrors.valueLetGo();
    const { row, kinds } = found;
    const as = asked.data.as ?? kinds[0] ?? "text";
    if (!kinds.includes(as)) throw adapterErrors.noSuchKind(row.name, as, kinds);
    return {
      version: READ_VALUE_VERSION,
      value,
      name: row.name,
      expression: row.evaluateName,
      type: typeName(row.value),
      kinds,
      page: pageOf(row, as, asked.data, textOf),
    };
  };
  return [[readValueRequest.name, read]];
}
