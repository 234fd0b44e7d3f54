import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyObject, anyValue } from "../fields.ts";

/** Data in another shape (facts, section 3; `template` from the gallery dialect). */
export const jsonTransform = defineComponent({
  type: "json_transform",
  kind: "operator",
  category: "data",
  title: "JSON transform",
  description: "Gives data another shape: by a template, a JMESPath query, or a mapping of names to paths.",
  icon: "json",
  color: "orange",
  input: z.object({
    data: anyValue.optional().describe("What to transform; only a template does without."),
    template: anyValue
      .optional()
      .describe(
        "The result with {{ }} in it, where `data` is the data. The output is the rendered value itself.",
      ),
    jmespath_expression: z.string().optional().describe("A JMESPath query on the data."),
    mapping: anyObject
      .optional()
      .describe(
        "Field of the result -> path in the data: `user.emails[0]`. An object is a mapping of its own; what is neither text nor object is itself.",
      ),
    defaults: anyObject.default({}).describe("Field of the result -> value where the data has none."),
    flatten: z
      .boolean()
      .default(false)
      .describe("Make one level out of nested objects, with `a.b` for names."),
    exclude_fields: z.array(z.string()).default([]).describe("Fields that the result does without."),
    parse_json_strings: z
      .boolean()
      .default(true)
      .describe("Read data that is text as JSON, also out of a ``` fence or amid words."),
  }),
  output: z.object({
    result: z.unknown().describe("The transformed data."),
    fields_mapped: z.int().describe("How many fields of the mapping were found."),
    fields_missing: z.array(z.string()).describe("Fields of the mapping whose path leads nowhere."),
  }),
  inputAliases: { expression: "jmespath_expression" },
  outputAliases: { result: [] },
  deferred: { template: { kind: "template", names: ["data"] } },
  timeoutMs: 10_000,
});
