import type { Command } from "../command.ts";
import { budgetOptions } from "./budget-options.ts";
import { cacheOptions } from "./cache-options.ts";
import { debugOptions } from "./debug-options.ts";
import { dotenvOption } from "./dotenv-option.ts";
import { observationOptions } from "./observation-options.ts";
import { pinsOption } from "./pins-option.ts";
import { tellingOptions } from "./telling.ts";

/** `fm run`: one pipeline, once. */
export const runCommand: Command = {
  name: "run",
  summary: "Run a pipeline",
  usage: "FILE [--input JSON | --input-file FILE | --sample] [options]",
  options: {
    input: { type: "string", short: "i", value: "JSON", help: "The pipeline's input" },
    "input-file": { type: "string", value: "FILE", help: "The same from a file; - is standard input" },
    sample: { type: "boolean", help: "Use the pipeline's sample_input" },
    provider: {
      type: "string",
      value: "NAME",
      help: "Use this provider for every stage; offline needs no key",
    },
    ...budgetOptions,
    ...observationOptions,
    record: { type: "string", value: "FILE", help: "Record what models answer in a file, a cassette" },
    replay: { type: "string", value: "FILE", help: "Answer from such a file: no key, no network" },
    ...debugOptions,
    ...cacheOptions,
    ...pinsOption,
    ...dotenvOption,
    ...tellingOptions,
    json: { type: "boolean", help: "Print one JSON document about the run" },
    journal: { type: "string", value: "FILE", help: "Write the record of the run to this file too" },
    "no-record": { type: "boolean", help: "Leave no record of the run in the workspace" },
  },
  details: `The output goes to standard output, everything else to standard error: a line for each of the pipeline's own stages as it
ends, warnings, and in the end what became of each. At a terminal a last line has what is at work.
Ends with 0 when the run succeeded, 1 when it failed, 2 when the pipeline or its input cannot be used,
130 when it was cancelled by Ctrl+C.
The run is recorded in .flowmason/runs of its workspace, under the id that it says first; fm runs lists what is there.

With --debug-port a debugger attaches to the run while it goes, and may leave again; with --debug-wait the run begins when one
has. The port is on 127.0.0.1 and said on standard error.

With --json the document is {"run", "status", "output", "failure", "problems", "usage"}; run is the id, null where nothing is recorded, and status is succeeded, failed, cancelled or
invalid.

  fm run hello.pipeline.json --input '{"name": "Ada"}'
  fm run hello.pipeline.json --sample --provider offline --json`,
  usageDocument: async (args, message) =>
    args.includes("--json") ? (await import("./report.ts")).unusableDocument(message) : null,
  // The engine is loaded only for those who run something.
  run: async (line, terminal) => (await import("./run-pipeline.ts")).runPipeline(line, terminal),
};
