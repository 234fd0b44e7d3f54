import type { Command } from "../command.ts";

/** `fm resolve`: a pipeline with all that it inherits. */
export const resolveCommand: Command = {
  name: "resolve",
  summary: "Show a pipeline with all that it inherits",
  usage: "FILE [--origins] [--format text|json]",
  options: {
    origins: { type: "boolean", help: "Say in a comment on each line which file it is inherited from" },
    format: {
      type: "string",
      value: "text|json",
      help: "json: with every value's origin; text unless given",
    },
  },
  details: `Prints what FILE is with "extends", "overrides" and "compositions" carried out, as it would run.
Ends with 1 where something in them is wrong, and with 2 where nothing can be resolved, for a parent that is missing
for example; what is wrong is on standard error.

  fm resolve pipelines/child.pipeline.json --origins`,
  // What reads pipelines is loaded only for those who read one.
  run: async (line, terminal) => (await import("./resolve-file.ts")).resolveFile(line, terminal),
};
