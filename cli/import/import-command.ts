import type { Command } from "../command.ts";
import { folderOption } from "../runs/run-options.ts";

/** `fm import`: a run from another machine. */
export const importCommand: Command = {
  name: "import",
  summary: "Take in a run that fm export wrote, or traces of OpenTelemetry or LangSmith",
  usage: "FILE [--json]",
  options: {
    json: { type: "boolean", help: "Print one JSON document" },
    folder: folderOption,
  },
  details: `FILE is what fm export wrote, or a journal as fm run --journal writes it. Every line, hash and reference of it is
checked first; a damaged file is refused as a whole, and a run that is there already is never replaced. The id of the run
is printed, and is as it was.

FILE can also be traces in OpenTelemetry's JSON (OTLP), as fm export --format otlp or a collector's file exporter write
them: each trace becomes a run. What FlowMason told of a run gives it back with its stages, times and tokens; of another
program each span is a stage. So is each run in a file of LangSmith's runs (a list, one a line, or what its API
answers), with its inputs and outputs. What has no place in a record is said.

With --json the document is {"run"}; of traces {"run", "runs", "notes"}.`,
  run: async (line, terminal) => (await import("./import-file.ts")).importFile(line, terminal),
};
