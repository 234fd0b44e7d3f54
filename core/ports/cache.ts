/** How an attempt's stage wants its output kept for later runs (docs/cache.md). Plain JSON, as all of an attempt. */
export interface AttemptCache {
  /** What shares entries: a stage of one pipeline, or the stages of that id in the whole workspace. */
  readonly group: string;
  /** The inputs that count, by their canonical names; null for all. */
  readonly inputs: readonly string[] | null;
  /** Paths and patterns of the workspace's files that count by their content. */
  readonly files: readonly string[];
  /** Paths and patterns of the files that are kept with the output, and come back with it. */
  readonly outputs: readonly string[];
  /** Names of the environment variables that count. */
  readonly env: readonly string[];
  /** How long an entry is good for; null for as long as there is room. */
  readonly retentionMs: number | null;
}

/** What went into a key: a name such as `input:prompt` or `file:src/a.txt` -> a keyed hash of what it was. */
export type CacheIngredients = Readonly<Record<string, string>>;

/** What the cache did for an attempt. */
export type CacheOutcome =
  /** The output of an earlier run was taken, and the component did not run. */
  | {
      readonly kind: "hit";
      readonly key: string;
      readonly group: string;
      readonly ingredients: CacheIngredients;
      /** The run that stored it, and when, in milliseconds since 1970. */
      readonly storedBy: string;
      readonly storedAt: number;
    }
  /** A person has pinned this output, and the component did not run; `run` is where it is from, null where from nowhere. */
  | { readonly kind: "pinned"; readonly pinnedAt: string; readonly run: string | null }
  /** The component runs. */
  | {
      readonly kind: "miss";
      readonly key: string;
      readonly group: string;
      readonly ingredients: CacheIngredients;
      readonly why: "absent" | "expired" | "damaged";
    }
  /** It succeeded, and what it gave is kept. */
  | { readonly kind: "stored"; readonly key: string; readonly bytes: number }
  /** It is not, and why: for people. */
  | { readonly kind: "not-stored"; readonly reason: string };
