import type { AskPort } from "#core/ports";
import { type AnswerServer, serveAnswers } from "./answer-server.ts";
import { createPendingQuestions, type PendingQuestions } from "./pending-questions.ts";

/** The questions of one run, and the place where other processes answer them. */
export interface RunQuestions {
  /** What the run asks. */
  readonly people: AskPort;
  /** For who answers in this process. */
  readonly pending: PendingQuestions;
  /** Ends what was opened for other processes. */
  close(): void;
}

/**
 * From the first question on, `fm answer` finds the run. Where that cannot be, and no one in this process answers
 * either (`alone`), a question fails at once instead of waiting for ever.
 */
export function createRunQuestions(workspaceRoot: string, company: "alone" | "answered-here"): RunQuestions {
  const pending = createPendingQuestions();
  let opening: Promise<AnswerServer | string> | null = null;
  let server: AnswerServer | null = null;
  let isClosed = false;

  const open = async (runId: string): Promise<AnswerServer | string> => {
    if (!/^[\w-]{1,100}$/.test(runId)) return "the run's id is no name for a folder";
    try {
      const opened = await serveAnswers(pending, { workspaceRoot, runId });
      if (isClosed) opened.close();
      server = opened;
      return opened;
    } catch (error) {
      return `answers cannot be taken in ${workspaceRoot}: ${error instanceof Error ? error.message : String(error)}`;
    }
  };

  return {
    pending,
    people: {
      ask: async (question, asker, signal) => {
        opening ??= open(asker.runId);
        const opened = await opening;
        if (typeof opened === "string" && company === "alone")
          return { kind: "unanswerable", reason: opened };
        return pending.ask(question, asker, signal);
      },
    },
    close() {
      isClosed = true;
      server?.close();
    },
  };
}
