import type { Command } from "../command.ts";
import { folderOption } from "../runs/run-options.ts";

/** `fm prune`: old runs are removed. */
export const pruneCommand: Command = {
  name: "prune",
  summary: "Remove the records of old runs",
  usage: "[options]",
  options: {
    keep: { type: "string", value: "N", help: "Keep the newest N runs at most" },
    "older-than": { type: "string", value: "AGE", help: "Remove runs that began longer ago: 12h, 30d, 8w" },
    "max-size": { type: "string", value: "SIZE", help: "Keep this much of journals at most: 500MB, 1GB" },
    "dry-run": { type: "boolean", help: "Only say what would be removed" },
    json: { type: "boolean", help: "Print one JSON document" },
    folder: folderOption,
  },
  details: `What is not said is taken from "runs" of flowmason.json, {"keep": 1000, "max_size": "1GB", "max_age": "90d"}, else
1000 runs and 1 GB of any age. The same limits are kept whenever a run ends. A run that is at work, or that waits for an
answer, is never removed, though its process may be dead.

With --json the document is {"removed", "spared", "dry_run"}; a run has id, bytes and reason: count, size or age.

  fm prune --older-than 30d --dry-run`,
  run: async (line, terminal) => (await import("./prune-old-runs.ts")).pruneOldRuns(line, terminal),
};
