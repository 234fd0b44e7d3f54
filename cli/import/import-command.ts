import type { Command } from "../command.ts";
import { folderOption } from "../runs/workspace-runs.ts";

/** `fm import`: a run from another machine. */
export const importCommand: Command = {
  name: "import",
  summary: "Take in a run that fm export wrote",
  usage: "FILE [--json]",
  options: {
    json: { type: "boolean", help: "Print one JSON document" },
    folder: folderOption,
  },
  details: `FILE is what fm export wrote, or a journal as fm run --journal writes it. Every line, hash and reference of it is
checked first; a damaged file is refused as a whole, and a run that is there already is never replaced. The id of the run
is printed, and is as it was.

With --json the document is {"run"}.`,
  run: async (line, terminal) => (await import("./import-file.ts")).importFile(line, terminal),
};
