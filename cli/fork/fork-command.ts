import type { Command } from "../command.ts";
import { runOperand } from "../runs/run-options.ts";
import { forkOptions } from "./fork-options.ts";

/** `fm fork`: a new run from the record of another. */
export const forkCommand: Command = {
  name: "fork",
  summary: "Start a new run from a point of another, with something changed",
  usage: "RUN [--at SEQ] [--set PATH=JSON]… [--pipeline FILE] [options]",
  options: {
    at: {
      type: "string",
      value: "SEQ",
      help: "The last event of the run that counts; its last one without this",
    },
    set: {
      type: "string",
      multiple: true,
      value: "PATH=JSON",
      help: "Change the input, the output of a stage, or what a stage says; may be given more than once",
    },
    again: {
      type: "string",
      multiple: true,
      value: "STAGE",
      help: "Run a stage again though nothing about it has changed, and all that used it; may be given more than once",
    },
    "again-from": {
      type: "string",
      value: "SEQ",
      help: "A live replay: run all stages again that had not ended before this event; 0 for the whole run",
    },
    pipeline: {
      type: "string",
      value: "FILE",
      help: "Go on with this file instead of the recorded pipeline",
    },
    provider: { type: "string", value: "NAME", help: "Use this provider for every stage that runs" },
    "repeat-effects": {
      type: "boolean",
      help: "Run stages again that may have had their effect: commands, requests that change something, deliveries",
    },
    "dry-run": { type: "boolean", help: "Only say what would run, why, and about how much it would cost" },
    ...forkOptions,
    json: { type: "boolean", help: "Print one JSON document about the run" },
  },
  details: `${runOperand} That run stays as it is. What changed runs again, and all that used it; what
went wrong is tried again; all else is taken over from the record. PATH is one of
  input.NAME               the input, or a part of it
  STAGE.output.NAME        what a stage gave; each[2]/score is one in a round
  STAGE.config.prompt      what the file says of a stage
What is taken over is told to be in the end, and counts neither time nor tokens; what models had used for it, in the other run,
has a line of its own. The document of --json is that of fm run, with usageBefore for that.

  fm fork latest --set 'write.config.prompt="Shorter, please"'
  fm fork latest --at 40 --set 'fetch.output={"items": []}' --dry-run
  fm fork latest --again write --again each[2]/score
  fm fork latest --again-from 0 --dry-run
  fm fork latest --pipeline edited.pipeline.json`,
  usageDocument: async (args, message) =>
    args.includes("--json") ? (await import("../run/report.ts")).unusableDocument(message) : null,
  run: async (line, terminal) => (await import("./fork-run.ts")).forkNamedRun(line, terminal),
};
