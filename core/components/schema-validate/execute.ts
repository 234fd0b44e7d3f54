import type { ErrorObject, ValidateFunction } from "ajv";
import type { Json, JsonObject } from "#core/ports";
import { failed, implement } from "../implementation.ts";
import { beginValidation, compileSchema, TooMuchWork } from "./compile-schema.ts";
import { schemaValidate } from "./definition.ts";
import { readablePath } from "./readable-path.ts";

/** Says whether the data is valid, and what is wrong with it. */
export const schemaValidateImplementation = implement(schemaValidate, ({ inputs }) => {
  const { data: given, json_schema, coerce_types, collect_all_errors } = inputs;
  const compiled = compileSchema(json_schema, { coerceTypes: coerce_types, allErrors: collect_all_errors });
  if (!compiled.ok)
    return failed("VALIDATION", `json_schema cannot be used: ${compiled.reason}.`, "json_schema");
  // Coercion writes into what it is given, and this is the output of another stage. A wrapper lets it change the root.
  const root = { data: coerce_types ? structuredClone(given) : given };
  const isValid = validates(compiled.validate, root);
  if (typeof isValid === "string") return failed("VALIDATION", isValid, "json_schema");
  const errors = isValid ? [] : (compiled.validate.errors ?? []).map(describeError);
  return { ok: true, output: { valid: isValid, data: root.data, errors, error_count: errors.length } };
});

/** A message when the schema's references use up the stack, or all patience. */
function validates(validate: ValidateFunction, root: { readonly data: Json }): boolean | string {
  try {
    beginValidation(root.data);
    return validate(root.data, {
      instancePath: "",
      parentData: root,
      parentDataProperty: "data",
      rootData: root,
      dynamicAnchors: {},
    });
  } catch (error) {
    if (error instanceof RangeError) {
      return "json_schema refers to itself without end, or as deep as the data is nested. Have each $ref lead further into the data.";
    }
    if (error instanceof TooMuchWork) {
      return "json_schema asks the same over and over: the validation was given up. Have fewer alternatives refer to each other, or check a part of the data.";
    }
    throw error;
  }
}

function describeError(error: ErrorObject): JsonObject {
  return {
    path: readablePath(error.instancePath),
    message: error.message ?? "is not valid",
    validator: error.keyword,
    validator_value: (error.schema ?? null) as Json, // a part of the schema, which is JSON
  };
}
