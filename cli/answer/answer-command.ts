import type { Command } from "../command.ts";

/** `fm answer`: what a waiting run asks. */
export const answerCommand: Command = {
  name: "answer",
  summary: "Answer what a waiting run asks",
  usage: "[RUN [STAGE] VALUE] [options]",
  options: {
    folder: { type: "string", value: "DIR", help: "The workspace of the run; without it the one around you" },
    json: { type: "boolean", help: "Print the open questions as one JSON document" },
  },
  details: `Without operands it lists the questions that runs of the workspace wait for. RUN is a run's id or its beginning.
VALUE is yes or no, one of the options or its number, or a text, as the question wants it.
Ends with 0 when the answer was taken, 1 when someone else was faster or you may not answer, 2 when there is no such
run or question, or the value does not fit.

With --json the document is {"questions": [{"run", "stage", "kind", "title", "prompt", "options", "default",
"answerers", "expires_at"}]}.

  fm answer
  fm answer 3f2a yes
  fm answer 3f2a deploy production`,
  run: async (line, terminal) => (await import("./answer-question.ts")).answerQuestion(line, terminal),
};
