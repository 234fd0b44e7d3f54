import type { Answer, Asker, AskPort, AskResult, Question } from "#core/ports";
import { fitAnswer } from "./fit-answer.ts";

/** A question that no one has answered yet. */
export interface PendingQuestion {
  readonly question: Question;
  readonly asker: Asker;
}

/** What happened to a question. */
export interface QuestionChange extends PendingQuestion {
  readonly kind: "asked" | "answered" | "withdrawn";
}

/** Whether an answer was taken. Of several at once the first is. */
export type AnswerReceipt =
  | { readonly ok: true; readonly question: Question }
  | {
      readonly ok: false;
      readonly reason: "unknown" | "answered" | "unfit" | "not-allowed";
      readonly message: string;
    };

/** The questions of a run, for all who may answer them. */
export interface PendingQuestions extends AskPort {
  /** In the order in which they were asked. */
  all(): readonly PendingQuestion[];
  /** `given` may be a text as a person types it. */
  answer(id: string, given: unknown, from: Pick<Answer, "by" | "via">): AnswerReceipt;
  /** Tells of each change until it is stopped by what this returns. */
  onChange(listener: (change: QuestionChange) => void): () => void;
}

/** Nothing is asked yet. */
export function createPendingQuestions(): PendingQuestions {
  const open = new Map<string, PendingQuestion & { readonly settle: (result: AskResult) => void }>();
  const over = new Set<string>();
  const listeners = new Set<(change: QuestionChange) => void>();
  const tell = (kind: QuestionChange["kind"], { question, asker }: PendingQuestion): void => {
    for (const listener of listeners) listener({ kind, question, asker });
  };
  return {
    ask: (question, asker, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(withdrawn);
        const withdraw = (): void => close("withdrawn", withdrawn);
        const close = (how: "answered" | "withdrawn", result: AskResult): void => {
          signal.removeEventListener("abort", withdraw);
          open.delete(question.id);
          over.add(question.id);
          resolve(result);
          tell(how, { question, asker });
        };
        signal.addEventListener("abort", withdraw, { once: true });
        over.delete(question.id);
        open.set(question.id, { question, asker, settle: (result) => close("answered", result) });
        tell("asked", { question, asker });
      }),
    all: () => [...open.values()].map(({ question, asker }) => ({ question, asker })),
    answer: (id, given, { by, via }) => {
      const pending = open.get(id);
      if (pending === undefined) return over.has(id) ? closed(id) : unknown(id);
      const { question, settle } = pending;
      const { answerers } = question;
      if (answerers.length > 0 && (by === null || !answerers.includes(by))) {
        const message = `${by ?? "Someone without a name"} may not answer; ${answerers.join(", ")} may.`;
        return { ok: false, reason: "not-allowed", message };
      }
      const fitted = fitAnswer(question, given);
      if (!fitted.ok) return { ok: false, reason: "unfit", message: fitted.message };
      settle({ kind: "answered", answer: { value: fitted.value, by, via } });
      return { ok: true, question };
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const withdrawn: AskResult = { kind: "unanswerable", reason: "the question was withdrawn" };

function closed(id: string): AnswerReceipt {
  return { ok: false, reason: "answered", message: `The question ${id} is not open any more.` };
}

function unknown(id: string): AnswerReceipt {
  return { ok: false, reason: "unknown", message: `There is no question ${id}.` };
}
