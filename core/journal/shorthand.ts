import { addressKey, type StageAddress } from "#core/ports";
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
}

/** Characters of a hash that tell values apart, unless some have them in common: 48 bits. */
const NAME_LENGTH = 8;

export function createShorthand(): Shorthand {
  const byName = new Map<string, ValueRef>();
  const longNames = new Map<string, string>();
  const numbers = new Map<string, number>();
  const components = new Map<number, string>();
  let highest = -1;
  const known = (hash: string): ValueRef | undefined => {
    const found = byName.get(hash.slice(0, NAME_LENGTH));
    if (found === undefined || found.ref === hash) return found;
    const name = longNames.get(hash);
    return name === undefined ? undefined : byName.get(name);
  };
  const shorthand: Shorthand = {
    format: null,
    startedAt: null,
    runId: "",
    known,
    note: (hash) => {
      const before = known(hash);
      if (before !== undefined) return before;
      let length = NAME_LENGTH;
      while (byName.has(hash.slice(0, length))) length += 1;
      const ref = { ref: hash };
      byName.set(hash.slice(0, length), ref);
      if (length > NAME_LENGTH) longNames.set(hash, hash.slice(0, length));
      return ref;
    },
    nameOf: ({ ref }) => {
      // What the file does not hold is named in full: no reader can take it for another.
      if (known(ref) === undefined) return ref;
      return longNames.get(ref) ?? ref.slice(0, NAME_LENGTH);
    },
    refOf: (name) => byName.get(name),
    numberOf: (componentType) => numbers.get(componentType),
    numberComponent: (number, componentType) => {
      numbers.set(componentType, number);
      components.set(number, componentType);
      highest = Math.max(highest, number);
    },
    componentOf: (number) => components.get(number),
    nextNumber: () => highest + 1,
    attemptKey: (address, attempt) => `${shorthand.runId}:${addressKey(address)}#${attempt}`,
  };
  return shorthand;
}
