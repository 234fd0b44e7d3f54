import type { Mark } from "./mark.ts";
import { readTerms, type WrittenTerms } from "./terms.ts";

/** A breakpoint that a client asks for: where, in the words of its kind, and on what terms. */
export interface Wanted {
  readonly place: string;
  readonly terms: WrittenTerms;
  /** The id that it has had with other terms; a new one without it. */
  readonly id?: number;
}

/** What became of it: it can stop, or why it cannot. */
export type Placed =
  | { readonly ok: true; readonly id: number; readonly mark: Mark }
  | { readonly ok: false; readonly id: number; readonly message: string };

/** All breakpoints of a session. Clients send those of a file, or of a kind, all together whenever one changes. */
export interface Marks {
  /** Replaces a group by another, of which those that were there before keep their ids and their count of hits. */
  replace(group: string, wanted: readonly Wanted[]): readonly Placed[];
  /** Whether one is still set. */
  has(id: number): boolean;
  /** Whether any is set that can stop. */
  isAny(): boolean;
  /** Changes with each replacement, and when it is said that one stops elsewhere. */
  revision(): number;
  /** What they are for has become known: they stop where they did not. */
  moved(): void;
  /** Begins a count of its own, as if the run had come to none yet. What is done with it is not counted or told elsewhere. */
  countApart(): CountApart;
}

/** Does something with a count of its own, which goes on from one time to the next. */
export type CountApart = <T>(look: () => T) => T;

/** Numbers breakpoints from 1, through all groups. */
export function createMarks(): Marks {
  const groups = new Map<string, ReadonlyMap<string, Mark>>();
  const set = new Map<string, ReadonlySet<number>>();
  const all = new Map<string, readonly Mark[]>();
  let last = 0;
  let revision = 0;

  const place = ({ terms: written, id: known }: Wanted, before: Mark | undefined): Placed => {
    if (before !== undefined) return { ok: true, id: before.id, mark: before };
    if (known === undefined) last += 1;
    const id = known ?? last;
    const read = readTerms(written);
    if (!read.ok) return { ok: false, id, message: read.message };
    return { ok: true, id, mark: { id, terms: read.terms, hits: 0, told: new Set() } };
  };

  return {
    replace: (group, wanted) => {
      const before = groups.get(group);
      const kept = new Map<string, Mark>();
      const placed = wanted.map((each) => {
        const key = keyOf(each);
        // Of two that are the same the second counts for itself.
        const one = place(each, kept.has(key) ? undefined : before?.get(key));
        if (one.ok && !kept.has(key)) kept.set(key, one.mark);
        return one;
      });
      revision += 1;
      groups.set(group, kept);
      all.set(
        group,
        placed.flatMap((each) => (each.ok ? [each.mark] : [])),
      );
      set.set(group, new Set(placed.map(({ id }) => id)));
      return placed;
    },
    has: (id) => [...set.values()].some((ids) => ids.has(id)),
    isAny: () => [...all.values()].some((marks) => marks.length > 0),
    revision: () => revision,
    moved: () => {
      revision += 1;
    },
    countApart: () => {
      const own = new Map<Mark, number>();
      return (look) => {
        const counted = [...all.values()]
          .flat()
          .map((mark) => ({ mark, hits: mark.hits, told: [...mark.told] }));
        for (const { mark } of counted) mark.hits = own.get(mark) ?? 0;
        try {
          return look();
        } finally {
          for (const { mark, hits, told } of counted) {
            own.set(mark, mark.hits);
            mark.hits = hits;
            mark.told.clear();
            for (const text of told) mark.told.add(text);
          }
        }
      };
    },
  };
}

function keyOf({ place, terms: { condition, hitCondition, logMessage } }: Wanted): string {
  return JSON.stringify([place, condition ?? null, hitCondition ?? null, logMessage ?? null]);
}
