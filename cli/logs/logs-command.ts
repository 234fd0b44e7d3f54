import type { Command } from "../command.ts";
import { folderOption, runOperand } from "../runs/run-options.ts";

/** `fm logs`: what the stages of a recorded run said. */
export const logsCommand: Command = {
  name: "logs",
  summary: "Print what the stages of a recorded run logged",
  usage: "RUN [STAGE] [options]",
  options: {
    json: { type: "boolean", help: "Print one JSON document" },
    folder: folderOption,
  },
  details: `${runOperand} STAGE is a stage's id, in every round and call, or its address: each[2]/body.
A line has its time in UTC, its level, its stage and what was said. What a stage failed with is among them, as an error.

With --json the document is {"run", "logs"}; an entry has seq, at, stage, attempt, level, message and values.`,
  run: async (line, terminal) => (await import("./print-logs.ts")).printLogs(line, terminal),
};
