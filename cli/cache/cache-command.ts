import type { Command } from "../command.ts";
import { folderOption, runOperand } from "../runs/run-options.ts";

/** `fm cache`: why a stage ran although its output is kept, and an end to what is kept. */
export const cacheCommand: Command = {
  name: "cache",
  summary: "Explain what the cache did for a stage, or clear it",
  usage: "explain RUN STAGE | clear [options]",
  options: {
    json: { type: "boolean", help: "Print one JSON document" },
    folder: folderOption,
  },
  details: `fm cache explain says whether the output of a stage came from the cache, and if not, what was different from the
nearest that had been kept for it: an input, a file, a variable, a secret, the model or the component.
${runOperand} STAGE is a stage's id, in every round and call, or its address: each[2]/body.

fm cache clear removes everything that is kept in .flowmason/cache of the workspace.

With --json, explain prints {"run", "stages"}; a stage has stage, attempt, outcome (hit or miss), why, key, stored_by,
stored_at, stored, reason, nearest and changes, of which each has ingredient and change: changed, new or gone. clear prints
{"entries", "bytes"}.

  fm cache explain latest summarize`,
  run: async (line, terminal) => (await import("./work-on-cache.ts")).workOnCache(line, terminal),
};
