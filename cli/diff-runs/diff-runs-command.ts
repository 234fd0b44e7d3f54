import type { Command } from "../command.ts";
import { folderOption, runOperand } from "../runs/run-options.ts";

/** `fm diff-runs`: two recorded runs side by side. */
export const diffRunsCommand: Command = {
  name: "diff-runs",
  summary: "Compare two recorded runs, stage by stage",
  usage: "RUN RUN [--format text|json]",
  options: {
    format: {
      type: "string",
      value: "text|json",
      help: "How the differences are printed; text unless given",
    },
    folder: folderOption,
  },
  details: `${runOperand} Compared are the state of each stage, its inputs and its output, and what the runs were given and gave.
Where they part first is named. Times and tokens are told and count as no difference, and neither does a run's own id in
a text.
Ends with 0 when the runs are alike and with 1 when they differ.

With --format json the document is {"before", "after", "alike", "pipeline_changed", "first_divergent", "duration_ms",
"input_tokens", "output_tokens", "cost_usd", "input", "output", "stages"}; numbers are {"before", "after", "delta"}, and a change of a
value is {"path", "before", "after"}. Of one value at most 20 changes are told.

  fm diff-runs 7k3f9 latest`,
  run: async (line, terminal) => (await import("./diff-runs.ts")).diffRuns(line, terminal),
};
