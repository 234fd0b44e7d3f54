/** A value by the hash of its JSON text: stored once in a journal however often it occurs. */
export interface ValueRef {
  readonly ref: string;
}
