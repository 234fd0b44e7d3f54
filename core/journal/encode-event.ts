import type { JournalEvent } from "./event.ts";
import { encodeAddress, quoted } from "./event-row.ts";
import type { Shorthand } from "./shorthand.ts";

/**
 * One event as a line, or as two, the first of which numbers a type of component. Those that make up most of a journal
 * are rows, without what other lines say already; all others are the JSON of the event.
 */
export function encodeEvent(event: JournalEvent, shorthand: Shorthand): string {
  // Rows count time from the first event, in whole milliseconds.
  const isFirst = shorthand.startedAt === null;
  shorthand.startedAt ??= event.at;
  if (event.kind === "run-started") shorthand.runId = event.runId;
  if (isFirst || !Number.isSafeInteger(event.at) || !Number.isSafeInteger(shorthand.startedAt))
    return encodeWhole(event);
  switch (event.kind) {
    case "stage-started": {
      const { seq, at, address, attempt, attemptKey, componentType, inputs } = event;
      const known = shorthand.numberOf(componentType);
      const number = known ?? shorthand.nextNumber();
      const before = known === undefined ? numberLine(number, componentType, shorthand) : "";
      const isUsual = shorthand.isUsualKey(attemptKey, address, attempt);
      const name = shorthand.nameOf(inputs);
      const end =
        isUsual && attempt === 1
          ? shorthand.pieces.startedEnd(number, name)
          : `,${number},"${name}",${attempt}${isUsual ? "" : `,${quoted(attemptKey)}`}]\n`;
      const row = `[${seq}${shorthand.pieces.started(at - shorthand.startedAt)}${encodeAddress(address)}${end}`;
      return known === undefined ? before + row : row;
    }
    case "stage-succeeded": {
      const { seq, at, address, attempt, output, decision } = event;
      const isUsual = decision === undefined && attempt === 1;
      const decided = decision === undefined ? "" : `,${JSON.stringify(decision)}`;
      // Short pieces are put together first: only texts of twelve characters and less are copied and not linked.
      const place = `${encodeAddress(address)},"`;
      const end = shorthand.nameOf(output) + (isUsual ? '"]\n' : `",${attempt}${decided}]\n`);
      return `[${seq}${shorthand.pieces.succeeded(at - shorthand.startedAt)}${place}${end}`;
    }
    case "stage-delta": {
      const { seq, at, address, attempt, channel, text } = event;
      return `[${seq},${at - shorthand.startedAt},"${channel}",${encodeAddress(address)},${attempt},${JSON.stringify(text)}]\n`;
    }
    case "run-started":
    case "run-resumed":
    case "run-ending":
    case "run-finished":
    case "stage-log":
    case "stage-cache":
    case "model-called":
    case "model-answered":
    case "question-asked":
    case "question-closed":
    case "stage-decided":
    case "stage-failed":
    case "stage-skipped":
    case "stage-cancelled":
    case "stage-retried":
    case "variable-set":
    case "value-overridden":
    case "iteration-started":
    case "iteration-finished":
    case "arm-started":
    case "arm-finished":
    case "call-started":
    case "call-finished":
    case "stage-ending":
      return encodeWhole(event);
  }
}

/** The fields of an event that its row does not write. */
type Unwritten<Kind extends JournalEvent["kind"], Written extends string> = Exclude<
  keyof Extract<JournalEvent, { kind: Kind }>,
  Written | "kind" | "seq" | "at" | "address" | "attempt"
>;

// A field that is added to such an event and not to its row would be lost without a word: it does not compile.
void (true satisfies [
  Unwritten<"stage-started", "attemptKey" | "componentType" | "inputs">,
  Unwritten<"stage-succeeded", "output" | "decision">,
  Unwritten<"stage-delta", "channel" | "text">,
] extends [never, never, never]
  ? true
  : never);

function encodeWhole(event: JournalEvent): string {
  // Lines begin with number and time, in whatever order the event has its members.
  const { seq, at, ...body } = event;
  return `${JSON.stringify({ seq, at, ...body })}\n`;
}

/** The line that numbers a type of component, which none has yet. */
function numberLine(number: number, componentType: string, shorthand: Shorthand): string {
  shorthand.numberComponent(number, componentType);
  return `${JSON.stringify({ kind: "component", number, type: componentType })}\n`;
}
