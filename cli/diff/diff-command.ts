import type { Command } from "../command.ts";

/** `fm diff`: what is different between two pipelines. */
export const diffCommand: Command = {
  name: "diff",
  summary: "Say what is different between two pipelines, or two revisions of one",
  usage: "A B | REV..REV FILE | REV...REV FILE [--format FORMAT]",
  options: {
    format: {
      type: "string",
      value: "FORMAT",
      help: "text, json, markdown (with a graph, for pull requests), mermaid (the graph) or html; text unless given",
    },
    output: { type: "string", short: "o", value: "FILE", help: "Where to; standard output unless given" },
  },
  details: `Told are stages that were added, removed, renamed (what names them follows, and is no change) or moved, and
values by their paths; of texts, the words. Where stages are drawn is one line, and what is only written differently
(indentation, the order of keys) is no difference. Revisions are Git's; REV.. is up to the file as it is now,
and main...feature is what feature did since it left main. A file that one of them does not have is compared with nothing.
Ends with 0 when the pipelines say the same and with 1 when they differ.

With --format json the document is {"before", "after", "alike", "changes"}; a change has a "kind", and a changed value
"stage" (null for the pipeline's own), "path", "topic", "before" and "after".

  fm diff before.pipeline.json after.pipeline.json
  fm diff main..feature pipelines/report.pipeline.json --format markdown
  fm diff HEAD.. pipelines/report.pipeline.json`,
  run: async (line, terminal) => (await import("./diff-files.ts")).diffFiles(line, terminal),
};
