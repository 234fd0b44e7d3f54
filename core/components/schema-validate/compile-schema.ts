import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { RE2JS } from "re2js";
import type { JsonObject } from "#core/ports";

interface SchemaOptions {
  readonly coerceTypes: boolean;
  readonly allErrors: boolean;
}

export type CompiledSchema =
  | { readonly ok: true; readonly validate: ValidateFunction }
  | { readonly ok: false; readonly reason: string };

/**
 * A JSON Schema of draft 7, ready to use. `$schema` is not looked at, as in FlowMason. Patterns run on a linear-time
 * engine; keys of the prototype count for nothing.
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
    code: { regExp: Object.assign(linearPattern, { code: "linearPattern" }) },
  });
  addFormats.default(ajv);
  try {
    return {
      ok: true,
      validate: ajv.compile(typeof schema === "boolean" ? schema : synchronousDraft7(schema)),
    };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
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
