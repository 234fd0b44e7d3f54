import type { Command } from "../command.ts";

/** `fm validate`: what the editor shows as problems, for files and whole folders. */
export const validateCommand: Command = {
  name: "validate",
  summary: "Check pipelines without running them",
  usage: "PATH… [--format text|json]",
  options: {
    format: { type: "string", value: "text|json", help: "How problems are printed; text unless given" },
  },
  details: `A folder stands for every *.pipeline.json in it, at any depth; a file may have any name.
Ends with 0 when there is no error, with 1 when there is one; warnings do not count.

  fm validate pipelines
  fm validate my.pipeline.json --format json`,
  // The checks are loaded only for those who check something.
  run: async (line, terminal) => (await import("./validate-paths.ts")).validatePaths(line, terminal),
};
