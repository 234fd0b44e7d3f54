import type { Command } from "../command.ts";
import { askedFormat } from "./format.ts";

/** `fm validate`: what the editor shows as problems, for files and whole folders. */
export const validateCommand: Command = {
  name: "validate",
  summary: "Check pipelines without running them",
  usage: "PATH… [--format text|json|sarif] [--strict]",
  options: {
    format: {
      type: "string",
      value: "text|json|sarif",
      help: "How problems are printed; text unless given",
    },
    strict: { type: "boolean", help: "End with 1 for warnings too" },
  },
  details: `A folder stands for every *.pipeline.json in it, at any depth; a file may have any name.
Ends with 0 when there is no error, with 1 when there is one, with 2 when a file cannot be read; warnings do not count
without --strict. flowmason.json can make checks graver or lighter ("checks": {"severity": {"FM1218": "off"}}), and a
key "$ignore" in a pipeline or stage leaves them unsaid. What a merge left to decide is an error until it is settled.

  fm validate pipelines
  fm validate my.pipeline.json --format json
  fm validate . --format sarif --strict > problems.sarif`,
  usageDocument: async (args, message) => {
    const format = askedFormat(args);
    return format === "text" ? null : (await import("./usage-document.ts")).usageDocument(format, message);
  },
  // The checks are loaded only for those who check something.
  run: async (line, terminal) => (await import("./validate-paths.ts")).validatePaths(line, terminal),
};
