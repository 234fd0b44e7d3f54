import type { Command } from "../command.ts";
import { forkOptions } from "../fork/fork-options.ts";
import { runOperand } from "../runs/run-options.ts";

/** `fm sweep`: one thing of a recorded run with several values. */
export const sweepCommand: Command = {
  name: "sweep",
  summary: "Fork a run once for each of several values, and compare what comes of them",
  usage: "RUN PATH VALUE VALUE… [options]",
  options: {
    provider: { type: "string", value: "NAME", help: "Use this provider for every stage that runs" },
    "repeat-effects": {
      type: "boolean",
      help: "Run stages again, once for each value, that may have had their effect",
    },
    "dry-run": { type: "boolean", help: "Only say what would run for each value, and about what it takes" },
    ...forkOptions,
    json: { type: "boolean", help: "Print one JSON document" },
  },
  details: `${runOperand} PATH is what fm fork --set takes: STAGE.config.prompt, STAGE.config.model, STAGE.output, input.NAME; each VALUE is
JSON. For each value there is a fork of the run, one after the other, on what is recorded: only what uses the value runs again.
First it says what that is and about what all of them take together. Ctrl+C cancels the fork that runs and those after it.
In the end there is a line for each value: how it went, time, tokens and cost of what ran, its run, and the output of
the stage, or of the run where PATH is input. Ends with 0 when all forks succeeded.

With --json the document is {"run", "path", "variants"}; a variant has value, run (null where none began), status, duration_ms, usage, output (of
the run), stage_output and failure.

  fm sweep latest draft.config.prompt '"In one line: {{input.text}}"' '"As a poem: {{input.text}}"'
  fm sweep 7k3f9 draft.config.temperature 0 0.5 1 --dry-run`,
  run: async (line, terminal) => (await import("./sweep-run.ts")).sweepNamedRun(line, terminal),
};
