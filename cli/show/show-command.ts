import type { Command } from "../command.ts";
import { folderOption, runOperand } from "../runs/run-options.ts";

/** `fm show`: one recorded run, at its end or at any point before. */
export const showCommand: Command = {
  name: "show",
  summary: "Show a recorded run, and the state it was in at any event",
  usage: "RUN [--at SEQ] [--stage ID [--origin PATH]] [options]",
  options: {
    at: { type: "string", value: "SEQ", help: "As it was after this event, counted from 0" },
    stage: { type: "string", value: "ID", help: "This stage alone, with its inputs and its output" },
    origin: {
      type: "string",
      value: "PATH",
      help: "Who produced this value of the stage: output.title, inputs.text, upstream.draft",
    },
    full: { type: "boolean", help: "Cut no value, however large it is" },
    json: { type: "boolean", help: "Print one JSON document" },
    folder: folderOption,
  },
  details: `${runOperand} ID is a stage's id, in every round and call, or its address: each[2]/body.
Without --stage each stage has a line: status, address, component, attempts, time and tokens. A value of more than
4000 characters is cut, which is said.

It says what the run was forked from, and which runs were forked from it.
With --origin the value is followed back, through what only passes it on, to the stage, the attempt and the event that
made it, and so is what it was made of; PATH is any expression that the stage's own can be, with inputs and output too.

With --json the document is {"run", "at", "variables", "stages"}, and without --stage also "forks", the ids of those; inputs and output are there with --stage, and where
one is cut {"cut": true, "characters", "beginning"} stands for it. With --origin it is {"run", "at", "stage", "origin"}.

  fm show latest
  fm show 7k3f9 --stage summarize --at 12
  fm show latest --stage report --origin inputs.message`,
  run: async (line, terminal) => (await import("./show-run.ts")).showRun(line, terminal),
};
