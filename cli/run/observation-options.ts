import type { CommandOption } from "../command.ts";

/** What is told of a run to other tools, for every command that runs something. */
export const observationOptions: Readonly<Record<string, CommandOption>> = {
  otlp: {
    type: "string",
    value: "[URL]",
    help: "Send traces of the run to this OTLP receiver; http://localhost:4318 unless given",
    isValue: (word) => /^https?:\/\//i.test(word),
  },
  metrics: {
    type: "string",
    value: "FILE",
    help: "Write how the run went to this file, for Prometheus",
  },
};
