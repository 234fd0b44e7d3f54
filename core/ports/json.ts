/** A JSON value. Objects may have any key, `__proto__` included: read them with `Object.hasOwn` only. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object, see {@link Json}. */
export interface JsonObject {
  readonly [key: string]: Json;
}
