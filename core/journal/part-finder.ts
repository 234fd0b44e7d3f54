import type { Json } from "#core/ports";
import { contentHash } from "./content-hash.ts";
import type { EncodedJson } from "./encode-json.ts";
import { at, setMember } from "./stored-value.ts";
import { isSizeAtLeast } from "./value-limits.ts";
import { type Part, type Path, partsText } from "./value-line.ts";

/** Finds in values what is stored already, as what a stage was given is in what an earlier one gave. */
export interface PartFinder {
  /**
   * What to store of a value with parts in others (see {@link partsText}), or null where it is stored whole; takes
   * note of what others may have in common with it.
   */
  partsOf(encoded: EncodedJson): string | null;
}

/** Characters from which something is looked for: what refers to it takes some sixty. */
const LEAST_SIZE = 256;
/** How deep lists and objects are looked for: each level is written down and hashed once more. */
const HASHED_LEVELS = 2;
/** How many members of one value are looked at, so that one of many small ones does not cost more than it saves. */
const MOST_VISITS = 2000;
/**
 * How many values one may need to be put together, each a part of the next, as where every round is given what the last
 * one made. Without a bound reading one value would mean reading all before it, and a reader gives up at last.
 */
const MOST_CHAIN = 16;

/** Where something is that a line holds. */
interface Origin {
  readonly ref: string;
  readonly path: Path;
}

/** Where a text is. The object around it is let go of when nobody else needs it: texts are compared, never kept. */
interface TextOrigin extends Origin {
  readonly holder: WeakRef<Json & object>;
}

/** `isStored` says whether the value of a hash is. */
export function createPartFinder(isStored: (hash: string) => boolean): PartFinder {
  const texts = new Map<number, TextOrigin>();
  const containers = new Map<string, Origin>();
  /** How many values, one in the other, each value stands on that was stored since. */
  const chains = new Map<string, number>();

  const originOfText = (text: string): Origin | undefined => {
    const origin = texts.get(fingerprint(text));
    const holder = origin?.holder.deref();
    return origin !== undefined && holder !== undefined && at(holder, origin.path) === text
      ? origin
      : undefined;
  };
  const originOfHash = (hash: string): Origin | undefined =>
    isStored(hash) ? { ref: hash, path: [] } : containers.get(hash);

  /** Of what the file held before nothing is known: one such value may be in a new one, and that in no other. */
  const chainOf = ({ ref }: Origin): number => chains.get(ref) ?? MOST_CHAIN - 1;
  const usable = (origin: Origin | undefined): Origin | undefined =>
    origin !== undefined && chainOf(origin) < MOST_CHAIN ? origin : undefined;

  return {
    partsOf: ({ value, text, hash: ref }) => {
      if (text.length < LEAST_SIZE) return null;
      const parts: Part[] = [];
      let chain = 0;
      let visits = 0;
      const holder = isContainer(value) ? new WeakRef(value) : null;
      /** The value with null where a part was found. */
      const visit = (node: Json, path: Path): Json => {
        visits += 1;
        if (visits > MOST_VISITS) return node;
        const origin = typeof node === "string" ? textPlace(node, path) : containerPlace(node, path);
        if (origin !== undefined) {
          parts.push([path, origin.ref, origin.path]);
          chain = Math.max(chain, chainOf(origin) + 1);
          return null;
        }
        return isContainer(node) ? visitMembers(node, path) : node;
      };
      const textPlace = (node: string, path: Path): Origin | undefined => {
        const origin = usable(originOfText(node));
        if (origin === undefined && holder !== null) texts.set(fingerprint(node), { ref, path, holder });
        return elsewhere(origin);
      };
      const containerPlace = (node: Json, path: Path): Origin | undefined => {
        if (path.length === 0) return elsewhere(usable(containers.get(ref)));
        if (path.length > HASHED_LEVELS) return undefined;
        const hash = contentHash(JSON.stringify(node));
        const origin = usable(originOfHash(hash));
        if (origin === undefined) containers.set(hash, { ref, path });
        return elsewhere(origin);
      };
      /** A value that has something twice has it twice: it cannot be put together of itself. */
      const elsewhere = (origin: Origin | undefined): Origin | undefined =>
        origin?.ref === ref ? undefined : origin;
      const visitMembers = (node: Json & object, path: Path): Json => {
        let changed: Json | null = null;
        for (const [step, member] of membersOf(node)) {
          if (!isLarge(member)) continue;
          const seen = visit(member, [...path, step]);
          if (seen === member) continue;
          changed ??= copyOf(node);
          setMember(changed, step, seen);
        }
        return changed ?? node;
      };
      const rest = visit(value, []);
      chains.set(ref, chain);
      return parts.length === 0 ? null : partsText(ref, parts, JSON.stringify(rest));
    },
  };
}

function isContainer(value: Json): value is Json & object {
  return typeof value === "object" && value !== null;
}

function isLarge(value: Json): boolean {
  return typeof value === "string" ? value.length >= LEAST_SIZE : isSizeAtLeast(value, LEAST_SIZE);
}

function membersOf(node: Json & object): Iterable<readonly [string | number, Json]> {
  return isList(node) ? node.entries() : Object.entries(node);
}

/** Array.isArray() does not tell lists that cannot be changed from objects. */
function isList(node: Json & object): node is readonly Json[] {
  return Array.isArray(node);
}

function copyOf(node: Json & object): Json & object {
  return isList(node) ? [...node] : { ...node };
}

/** A number for a text: its length and sixteen of its characters, those of the beginning and the end among them. */
function fingerprint(text: string): number {
  let hash = text.length;
  const step = (text.length - 1) / 15;
  for (let sample = 0; sample < 16; sample++)
    hash = Math.imul(hash ^ text.charCodeAt(Math.floor(sample * step)), 0x9e3779b1) ^ (hash >>> 15);
  for (let unit = 1; unit < 9; unit++)
    hash = Math.imul(hash ^ text.charCodeAt(unit), 0x85ebca6b) ^ (hash >>> 13);
  return hash;
}
