import type { Json } from "#core/ports";

/** The value as JSON, or the place in it that JSON cannot hold and what is there. */
export type PlainJson =
  | { readonly ok: true; readonly json: Json }
  | { readonly ok: false; readonly path: string; readonly what: string };

/** What a component gave, as JSON: nothing of it is lost silently but members that are undefined. */
export function plainJson(value: unknown): PlainJson {
  try {
    return { ok: true, json: convert(value, "", []) };
  } catch (error) {
    if (error instanceof Unjsonable) return { ok: false, path: error.path, what: error.message };
    throw error;
  }
}

class Unjsonable extends Error {
  readonly path: string;

  constructor(path: string, what: string) {
    super(what);
    this.path = path;
  }
}

function convert(value: unknown, path: string, around: readonly object[]): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new Unjsonable(path, `the number ${value}`);
      return value;
    case "object":
      return value === null ? null : convertObject(value, path, around);
    case "undefined":
    case "bigint":
    case "symbol":
    case "function":
      throw new Unjsonable(path, value === undefined ? "undefined" : `a ${typeof value}`);
  }
}

function convertObject(value: object, path: string, around: readonly object[]): Json {
  if (around.includes(value)) throw new Unjsonable(path, "an object that contains itself");
  if (value instanceof Map || value instanceof Set || value instanceof Promise)
    throw new Unjsonable(path, `a ${value.constructor.name}`);
  const within = [...around, value];
  if ("toJSON" in value && typeof value.toJSON === "function") return convert(value.toJSON(), path, within);
  if (Array.isArray(value)) return value.map((item, index) => convert(item, `${path}[${index}]`, within));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, convert(member, path === "" ? key : `${path}.${key}`, within)]),
  );
}
