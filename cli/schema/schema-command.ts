import { type Command, UsageError } from "../command.ts";
import { exitCode } from "../exit-code.ts";

/** `fm schema`: the JSON Schema of pipelines, or of flowmason.json. */
export const schemaCommand: Command = {
  name: "schema",
  summary: "Print the JSON Schema of pipelines or of flowmason.json",
  usage: "[pipeline|manifest]",
  options: {},
  details: `The schema of pipelines is that of canonical form, with the inputs of each built-in component.
It is in draft 7, which every editor knows.

  fm schema > pipeline.schema.json
  fm schema manifest > flowmason.schema.json`,
  run: async ({ operands }, { out }) => {
    const [what = "pipeline", ...more] = operands;
    if (more.length > 0 || (what !== "pipeline" && what !== "manifest"))
      throw new UsageError(`fm schema prints "pipeline" or "manifest", not "${operands.join(" ")}".`);
    const { schemaText } = await import("./schema-text.ts");
    out.write(schemaText(what));
    return exitCode.done;
  },
};
