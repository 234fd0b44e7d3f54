import type { Command } from "../command.ts";

/** `fm merge`: two pipelines that came from one, as one again. */
export const mergeCommand: Command = {
  name: "merge",
  summary: "Merge two pipelines that came from one, property by property",
  usage: "BASE OURS THEIRS [-o OUT] [--choose ID=SIDE]… [options]",
  options: {
    output: {
      type: "string",
      short: "o",
      value: "OUT",
      help: "Where to; standard output without it, or for -",
    },
    favor: { type: "string", value: "SIDE", help: "ours or theirs: decide all that is open for one side" },
    choose: {
      type: "string",
      multiple: true,
      value: "ID=SIDE",
      help: "Decide one thing: its id, and ours, theirs, base or both; as often as you like",
    },
    format: {
      type: "string",
      value: "text|json",
      help: "How it is told what was decided; text unless given",
    },
    driver: {
      type: "string",
      value: "PATH",
      help: "Be Git's merge driver for the file at PATH: OURS is replaced; fm git install sets this up",
    },
    "ours-label": { type: "string", value: "TEXT", help: "What Git calls ours, for --driver" },
    "theirs-label": { type: "string", value: "TEXT", help: "What Git calls theirs, for --driver" },
  },
  details: `The result is the text of OURS with as little of it changed as the merge takes; where only one side changed, it is that
side's text. An empty BASE (/dev/null) means that both sides made the file. What both changed to different things is as
OURS has it, always valid JSON, and an open decision: with -o all of them are written to OUT.conflicts.json. Decide them in
OUT and remove that file, or merge again with --choose for each; fm validate fails as long as it is there.
Ends with 0 when all is merged, with 1 when decisions are open, with 2 when one of the three is no pipeline.

With --format json, standard output is {"merged", "decisions", "text"}, without "text" where -o says where that goes.

  fm merge base.pipeline.json ours.pipeline.json theirs.pipeline.json -o merged.pipeline.json
  fm merge base.json ours.json theirs.json -o out.json --choose /stages/draft/config/temperature=theirs
  fm git install`,
  run: async (line, terminal) => (await import("./merge-files.ts")).mergeFiles(line, terminal),
};
