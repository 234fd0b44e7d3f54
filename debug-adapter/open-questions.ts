import { createRunQuestions, type RunQuestions, userName } from "#host";
import { answerRequest, type QuestionBody, questionEvent } from "#protocol";
import { adapterErrors } from "./adapter-error.ts";
import type { Client } from "./connection.ts";

/** What a run asks its client, and what comes back. */
export interface ClientQuestions extends Pick<RunQuestions, "people" | "close"> {
  /** Arguments of the custom request; throws {@link adapterErrors.answer} when it is not taken. */
  answer(args: unknown): void;
}

/** Tells the client of each question, and where else it can be answered: a client need not know how. */
export function openQuestions(workspaceRoot: string, client: Client): ClientQuestions {
  const { people, pending, close } = createRunQuestions(workspaceRoot, "answered-here");
  const stop = pending.onChange(({ kind, question, asker }) => {
    const body: QuestionBody = { kind: kind === "asked" ? "asked" : "closed", stage: asker.stage, question };
    client.event(questionEvent.name, body);
    if (kind !== "asked") return;
    const output = `  Answer it in VS Code, or with: fm answer ${asker.runId} '${asker.stage}' VALUE\n`;
    client.event("output", { category: "console", output });
  });
  return {
    people,
    answer: (args) => {
      const read = answerRequest.arguments.safeParse(args);
      if (!read.success) throw adapterErrors.answer("An answer has the id of its question and a value.");
      const { id, value, via } = read.data;
      const receipt = pending.answer(id, value, { by: userName(), via });
      if (!receipt.ok) throw adapterErrors.answer(receipt.message);
    },
    close() {
      stop();
      close();
    },
  };
}
