import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyObject, anyValue, variableName } from "../fields.ts";

/** Sets variables of the run (facts, section 3). */
export const variableSet = defineComponent({
  type: "variable_set",
  kind: "operator",
  category: "data",
  title: "Set variable",
  description: "Sets a variable that later stages read as {{ vars.name }}.",
  icon: "symbol-variable",
  color: "yellow",
  input: z.object({
    name: variableName.optional().describe("The variable's name."),
    value: anyValue.optional().describe("Its value."),
    variables: anyObject.optional().describe("Several at once: name -> value."),
    scope: z
      .enum(["pipeline", "step", "global"])
      .default("pipeline")
      .describe("Read from older files; a variable is seen by the stages of its frame and those within."),
    overwrite: z
      .boolean()
      .default(true)
      .describe("Whether a variable that is set already gets the new value."),
    extract_path: z
      .string()
      .optional()
      .describe("A path in the value, when only a part of it is wanted: `user.emails[0]`."),
  }),
  output: z.object({
    name: z.string().describe("The variable's name; the first when there are several."),
    value: z.unknown().describe("Its value now."),
    previous_value: z.unknown().describe("Its value before; null when it had none."),
    was_set: z.boolean().describe("Whether it was changed."),
  }),
  passes: { value: "value" },
  reads: ["vars"],
  timeoutMs: 5000,
});
