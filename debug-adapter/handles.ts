/** Numbers that a client may send back later to ask for more. A number is never given twice. */
export interface Handles<T> {
  /** Valid until {@link Handles.reset}. */
  create(value: T): number;
  get(handle: number): T | undefined;
  reset(): void;
}

/** Makes an empty table; the first handle is 1, since 0 means "no children" in DAP. */
export function createHandles<T>(): Handles<T> {
  let created = new Map<number, T>();
  let last = 0;
  return {
    create: (value) => {
      last += 1;
      created.set(last, value);
      return last;
    },
    get: (handle) => created.get(handle),
    reset: () => {
      // One that is cleared keeps what was in it until the next large collection: its old table leads to the new one.
      created = new Map();
    },
  };
}
