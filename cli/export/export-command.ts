import type { Command } from "../command.ts";
import { folderOption, runOperand } from "../runs/workspace-runs.ts";

/** `fm export`: a recorded run as one file. */
export const exportCommand: Command = {
  name: "export",
  summary: "Write a recorded run to one file, for another machine",
  usage: "RUN [-o FILE]",
  options: {
    output: {
      type: "string",
      short: "o",
      value: "FILE",
      help: "Where to; RUN.fmrun in the current folder unless given, and - is standard output",
    },
    folder: folderOption,
  },
  details: `${runOperand} The file is the run's journal, packed by gzip: everything that fm show, fm logs and fm diff-runs tell of
the run is in it, and no secret. A file that is there already is not replaced. fm import takes it in.

  fm export latest -o bug.fmrun`,
  run: async (line, terminal) => (await import("./export-named-run.ts")).exportNamedRun(line, terminal),
};
