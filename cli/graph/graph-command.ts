import type { Command } from "../command.ts";
import { folderOption, runOperand } from "../runs/run-options.ts";

/** `fm graph`: a pipeline's stages and what waits for what, as a drawing. */
export const graphCommand: Command = {
  name: "graph",
  summary: "Draw a pipeline, or a recorded run of one",
  usage: "FILE|RUN [--format mermaid|dot|svg] [-o FILE]",
  options: {
    format: { type: "string", value: "FORMAT", help: "mermaid, dot (Graphviz) or svg; mermaid unless given" },
    output: { type: "string", short: "o", value: "FILE", help: "Where to; standard output unless given" },
    folder: folderOption,
  },
  details: `What names a file is drawn as it would run, with all that it inherits. ${runOperand}
A run's stages have their status, their time and their tokens; all rounds of a loop are counted together.
What is inside a loop, a try or a branch is drawn inside it; an arrow leads to what waits, a dashed one to what a branch
enables. A file that is there already is not replaced.

  fm graph hello.pipeline.json
  fm graph latest --format svg -o run.svg`,
  run: async (line, terminal) => (await import("./draw-graph.ts")).drawGraph(line, terminal),
};
