/** What an expression computes with: JSON. Objects may have any key, `__proto__` included. */
export type Value = null | boolean | number | string | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [key: string]: Value;
}
