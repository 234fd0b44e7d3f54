import type { Command } from "../command.ts";
import { budgetOptions } from "../run/budget-options.ts";
import { cacheOptions } from "../run/cache-options.ts";
import { dotenvOption } from "../run/dotenv-option.ts";
import { observationOptions } from "../run/observation-options.ts";
import { tellingOptions } from "../run/telling.ts";
import { folderOption, runOperand } from "../runs/run-options.ts";

/** `fm resume`: a run that stopped goes on. */
export const resumeCommand: Command = {
  name: "resume",
  summary: "Go on with a run that stopped",
  usage: "RUN [--repeat-effects] [options]",
  options: {
    "repeat-effects": {
      type: "boolean",
      help: "Run stages again that may have had their effect: commands, requests that change something, deliveries",
    },
    "dry-run": { type: "boolean", help: "Only say what would run again, and why" },
    ...budgetOptions,
    ...cacheOptions,
    ...observationOptions,
    folder: folderOption,
    ...dotenvOption,
    ...tellingOptions,
    json: { type: "boolean", help: "Print one JSON document about the run" },
  },
  details: `${runOperand} A run whose process was killed goes on where it was: what had
begun and not ended begins anew, and nothing that succeeded runs again. One that failed or was cancelled is tried again
where it went wrong. It goes on with the pipeline that it was started with, whatever the file says by now; to go on with
another, see fm fork.

What is taken over is told to be in the end, and counts neither time nor tokens; what models had used before has a line of its
own. The document of --json is that of fm run, with usageBefore for that.

Ends as fm run does; with 1 also when a stage would have its effect a second time and --repeat-effects is not given.

  fm resume latest
  fm resume 20261126-1015 --dry-run`,
  usageDocument: async (args, message) =>
    args.includes("--json") ? (await import("../run/report.ts")).unusableDocument(message) : null,
  run: async (line, terminal) => (await import("./resume-run.ts")).resumeNamedRun(line, terminal),
};
