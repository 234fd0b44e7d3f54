import type { Command } from "../command.ts";
import { folderOption, runOperand } from "../runs/run-options.ts";

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
      help: "Where to; RUN.fmrun or RUN.otlp.json in the current folder unless given, and - is standard output",
    },
    format: {
      type: "string",
      value: "FORMAT",
      help: "fmrun, or otlp for the run's traces in OpenTelemetry's JSON",
    },
    folder: folderOption,
  },
  details: `${runOperand} The file is the run's journal, packed by gzip: everything that fm show, fm logs and fm diff-runs tell of
the run is in it, and no secret. A file that is there already is not replaced. fm import takes it in.

With --format otlp it is one line of OTLP in JSON: the spans that fm run --otlp sends, with the same ids. What models
were asked and answered is in it only if OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT is true.

  fm export latest -o bug.fmrun
  fm export latest --format otlp -o trace.json`,
  run: async (line, terminal) => (await import("./export-named-run.ts")).exportNamedRun(line, terminal),
};
