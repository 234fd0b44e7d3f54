import type { Command } from "../command.ts";

/** `fm fmt`: files in order, or in canonical form. */
export const fmtCommand: Command = {
  name: "fmt",
  summary: "Put pipelines in order, or write them in canonical form",
  usage: "PATH… [--canonical] [--check]",
  options: {
    canonical: {
      type: "boolean",
      help: "Write the canonical form: component_type, a list of stages, upstream.<id>, today's names of inputs",
    },
    check: {
      type: "boolean",
      help: "Write nothing; name the files that would change, and end with 1 if there are any",
    },
  },
  details: `A folder stands for every *.pipeline.json in it, at any depth; - reads a pipeline from standard input and
writes it to standard output. Comments, unknown keys and the order of stages and keys stay. Without --canonical the file
stays in the dialect it is written in. A run of the canonical form does the same as before; stages that were
written inside others get ids of their own, and messages say which.
Ends with 0 when all is well, with 1 when --check found a file to change, with 2 when a file has errors: it is left as it is.

  fm fmt pipelines
  fm fmt --canonical old.json
  fm fmt --check .`,
  // Reading and writing are loaded only for those who format something.
  run: async (line, terminal) => (await import("./format-paths.ts")).formatPaths(line, terminal),
};
