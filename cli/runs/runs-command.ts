import type { Command } from "../command.ts";
import { folderOption } from "./run-options.ts";

/** `fm runs`: what was recorded. */
export const runsCommand: Command = {
  name: "runs",
  summary: "List the recorded runs",
  usage: "[options]",
  options: {
    limit: {
      type: "string",
      short: "n",
      value: "N",
      help: "How many, the newest first; 20 unless given, or all",
    },
    tree: { type: "boolean", help: "Each fork under the run that it was forked from" },
    json: { type: "boolean", help: "Print one JSON document" },
    folder: folderOption,
  },
  details: `Each line has the run's id, its status, its pipeline, when it began, how long it took, the tokens that went in and came
out, and what is known of the cost; a fork says of which run it is, after which event of that, and what was changed. A run that has crashed was left by a process that died; fm show shows how far it came.
The record of one that is cut-off could not be written any more, for example since the disk was full; fm show says why.
One that is unreadable was written by another version of FlowMason.

With --json the document is {"runs", "total"}; a run has id, pipeline, path, fork (null, or {"run", "at", "changes"}), status, started_at, finished_at,
duration_ms, input_tokens, output_tokens, cost_usd (of the calls whose cost is known), stages, events, bytes, failure and
cut_off; times are in UTC.`,
  run: async (line, terminal) => (await import("./list-runs.ts")).listRecordedRuns(line, terminal),
};
