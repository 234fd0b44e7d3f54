import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { RE2JS } from "re2js";
import type { Json, JsonObject } from "#core/ports";

interface SchemaOptions {
  readonly coerceTypes: boolean;
  readonly allErrors: boolean;
}

export type CompiledSchema =
  | { readonly ok: true; readonly validate: ValidateFunction }
  | { readonly ok: false; readonly reason: string };

/** A validation that was given up: it followed more references than any sensible schema has for such data. */
export class TooMuchWork extends Error {}

/** References that any validation may follow … */
const freeReferences = 50_000;

/** … and how many more for each value in the data. */
const referencesPerValue = 50;

/** Begins to count the references of one validation. */
export function beginValidation(data: Json): void {
  work.referencesLeft = freeReferences + referencesPerValue * valuesIn(data);
}

const work = { referencesLeft: 0 };

function valuesIn(data: Json): number {
  if (typeof data !== "object" || data === null) return 1;
  let values = 1;
  for (const member of Object.values(data)) values += valuesIn(member);
  return values;
}

/**
 * A JSON Schema of draft 7, ready to use. `$schema` is not looked at, as in FlowMason. Patterns run on a linear-time
 * engine; keys of the prototype count for nothing; following `$ref` is counted and throws {@link TooMuchWork}, since all
 * that takes more than time in proportion to schema and data goes through it. ajv makes JavaScript of a schema and runs
 * it by `new Function`: the schema's texts stand in it as literals only.
 */
export function compileSchema(schema: JsonObject | boolean, options: SchemaOptions): CompiledSchema {
  const key = JSON.stringify([schema, options.coerceTypes, options.allErrors]);
  const known = compiledSchemas.get(key);
  if (known !== undefined) return known;
  const compiled = compile(schema, options);
  // A loop validates with one schema many times; more than a few schemas in a run are rare.
  if (compiledSchemas.size >= 100) compiledSchemas.clear();
  compiledSchemas.set(key, compiled);
  return compiled;
}

const compiledSchemas = new Map<string, CompiledSchema>();

function compile(schema: JsonObject | boolean, { coerceTypes, allErrors }: SchemaOptions): CompiledSchema {
  const ajv = new Ajv({
    strict: false,
    verbose: true,
    ownProperties: true,
    logger: false,
    coerceTypes,
    allErrors,
    // Each reference is a call, which counts itself.
    inlineRefs: false,
    code: { regExp: Object.assign(linearPattern, { code: "linearPattern" }), process: countCalls },
  });
  Object.assign(ajv, { follow });
  addFormats.default(ajv);
  // ajv's own compares each item with each other.
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error: { message: "must NOT have duplicate items" },
    validate: (wanted: boolean, items: readonly Json[]) => !wanted || areDistinct(items),
  });
  try {
    // The schema is first validated itself, by that of schemas.
    beginValidation(schema);
    return {
      ok: true,
      validate: ajv.compile(typeof schema === "boolean" ? schema : synchronousDraft7(schema)),
    };
  } catch (error) {
    if (error instanceof TooMuchWork) return { ok: false, reason: "it is too large" };
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** In what ajv writes, `self` is the instance, and a function's head ends as here. */
function countCalls(code: string): string {
  const counted = code.replace("={}){", "={}){self.follow();");
  if (counted === code)
    throw new Error("ajv writes functions otherwise than it did: calls cannot be counted.");
  return counted;
}

function follow(): void {
  work.referencesLeft -= 1;
  if (work.referencesLeft < 0) throw new TooMuchWork();
}

function areDistinct(items: readonly Json[]): boolean {
  return new Set(items.map(canonicalText)).size === items.length;
}

/** The same text for equal values. */
function canonicalText(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`).join(",")}}`;
}

function synchronousDraft7(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema" && key !== "$async"));
}

function linearPattern(pattern: string): { test(text: string): boolean } {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `the pattern "${pattern}" is not supported (${reason}); look-ahead and back-references are not, since they can take forever`,
      { cause: error },
    );
  }
}
