import type { StageAddress } from "#core/ports";
import { attemptKeyOf } from "./attempt-key.ts";
import { createRowPieces, type RowPieces } from "./row-pieces.ts";
import type { ValueRef } from "./value-ref.ts";

/**
 * What the lines of a journal leave out, because earlier ones have said it. Who writes a file and who reads it keep it
 * alike, so that one who goes on with a file goes on with what its reader has.
 */
export interface Shorthand {
  /** The format of the lines so far; null before the first. */
  format: number | null;
  /** The time of the first event, from which rows count theirs; null before it. */
  startedAt: number | null;
  /** The run, of which the keys of attempts have the id in them. */
  runId: string;
  /** Of the rows that were written last. */
  readonly pieces: RowPieces;
  /** The reference to the value of this hash; undefined where the file does not hold it. */
  known(hash: string): ValueRef | undefined;
  /** Notes that the file holds it. */
  note(hash: string): ValueRef;
  /** How rows refer to a value: by the beginning of its hash that no value before it has, at least eight characters. */
  nameOf(ref: ValueRef): string;
  /** The value of a name; undefined where the file does not hold it. */
  refOf(name: string): ValueRef | undefined;
  /** The number of a type of component; undefined for one that no line has numbered. */
  numberOf(componentType: string): number | undefined;
  numberComponent(number: number, componentType: string): void;
  componentOf(number: number): string | undefined;
  /** A number that no type has. */
  nextNumber(): number;
  /** The key of an attempt as the engine makes it. */
  attemptKey(address: StageAddress, attempt: number): string;
  /** Whether an attempt has that key. */
  isUsualKey(key: string, address: StageAddress, attempt: number): boolean;
}

/** Characters of a hash that tell values apart, unless some have them in common: 48 bits. */
const NAME_LENGTH = 8;

/** That of a file without a line. */
export function createShorthand(): Shorthand {
  const byName = new Map<string, ValueRef>();
  const longNames = new Map<string, string>();
  /** Mostly the one whose name is asked for next. */
  let last: ValueRef | null = null;
  let lastName = "";
  /** The hash that was last looked for in vain and its name, still free: mostly the one that is noted next. */
  let missing = "";
  let missingName = "";
  /** The one that was last found again: mostly the inputs that stages have in common. */
  let again: ValueRef | null = null;
  let againName = "";
  const find = (hash: string): ValueRef | undefined => {
    if (again?.ref === hash) {
      last = again;
      lastName = againName;
      return again;
    }
    let name = hash.slice(0, NAME_LENGTH);
    let found = byName.get(name);
    if (found === undefined) {
      missing = hash;
      missingName = name;
      return undefined;
    }
    if (found.ref !== hash) {
      name = longNames.get(hash) ?? "";
      found = byName.get(name);
    }
    if (found === undefined) return undefined;
    again = last = found;
    againName = lastName = name;
    return found;
  };
  const numbers = new Map<string, number>();
  const components = new Map<number, string>();
  let highest = -1;
  /** That of the last row, mostly that of the next. */
  let lastType: string | null = null;
  let lastNumber = -1;
  const shorthand: Shorthand = {
    format: null,
    startedAt: null,
    runId: "",
    pieces: createRowPieces(),
    known: find,
    note: (hash) => {
      const isKnownMissing = missing === hash;
      const before = isKnownMissing ? undefined : find(hash);
      if (before !== undefined) return before;
      let name = isKnownMissing ? missingName : hash.slice(0, NAME_LENGTH);
      missing = "";
      if (!isKnownMissing) while (byName.has(name)) name = hash.slice(0, name.length + 1);
      const ref = { ref: hash };
      byName.set(name, ref);
      if (name.length > NAME_LENGTH) longNames.set(hash, name);
      last = ref;
      lastName = name;
      return ref;
    },
    // What the file does not hold is named in full: no reader can take it for another.
    nameOf: (ref) => (last === ref || find(ref.ref) !== undefined ? lastName : ref.ref),
    refOf: (name) => byName.get(name),
    numberOf: (componentType) => {
      if (componentType === lastType) return lastNumber;
      const number = numbers.get(componentType);
      if (number === undefined) return undefined;
      lastType = componentType;
      lastNumber = number;
      return number;
    },
    numberComponent: (number, componentType) => {
      lastType = null;
      numbers.set(componentType, number);
      components.set(number, componentType);
      highest = Math.max(highest, number);
    },
    componentOf: (number) => components.get(number),
    nextNumber: () => highest + 1,
    isUsualKey: (key, address, attempt) => key === shorthand.attemptKey(address, attempt),
    attemptKey: (address, attempt) => attemptKeyOf(shorthand.runId, address, attempt),
  };
  return shorthand;
}
