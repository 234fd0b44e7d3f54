import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyObject, anyValue } from "../fields.ts";

/** Data against a JSON Schema, draft 7 (facts, section 3). */
export const schemaValidate = defineComponent({
  type: "schema_validate",
  kind: "operator",
  category: "data",
  title: "Validate schema",
  description:
    "Checks data against a JSON Schema. Invalid data is an answer: the stage succeeds, with `valid` false.",
  icon: "verified",
  color: "green",
  input: z.object({
    data: anyValue.describe("What to check."),
    json_schema: z.union([anyObject, z.boolean()]).describe("A JSON Schema, draft 7."),
    strict: z.boolean().default(true).describe("Read from older files; it changes nothing."),
    coerce_types: z
      .boolean()
      .default(false)
      .describe("Read numbers and booleans out of text where the schema asks for them."),
    collect_all_errors: z.boolean().default(true).describe("List every error, or only the first."),
  }),
  output: z.object({
    valid: z.boolean().describe("Whether the data is valid."),
    data: z.unknown().describe("The data, converted when that was asked for."),
    errors: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          validator: z.string(),
          validator_value: z.unknown(),
        }),
      )
      .describe("What is wrong, and where."),
    error_count: z.int().describe("How many errors."),
  }),
  passes: { data: "data" },
  inputAliases: { schema: "json_schema" },
  timeoutMs: 10_000,
});
