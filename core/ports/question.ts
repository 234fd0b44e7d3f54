/** What a run asks a person. */
export interface Question {
  /** Unique in its run: `deploy#1`. */
  readonly id: string;
  readonly kind: QuestionKind;
  readonly title: string | null;
  readonly prompt: string;
  /** What can be chosen; empty unless `kind` is `choice`. */
  readonly options: readonly string[];
  /** What is offered as the answer: a boolean for `confirm`, else a text; null for none. */
  readonly default: boolean | string | null;
  /** Names of those who may answer; empty for everyone. */
  readonly answerers: readonly string[];
  /** When it is not waited for any longer, ISO 8601; null for never. */
  readonly expiresAt: string | null;
}

/** Yes or no, one of some, or free text. */
export type QuestionKind = "confirm" | "choice" | "text";

/** What a person said. `value` is a boolean for `confirm`, else a text. */
export interface Answer {
  readonly value: boolean | string;
  /** The name of who answered, as their system knows them; null where nothing is known. */
  readonly by: string | null;
  /** Through what: `terminal`, `fm answer`, or the name of an editor. */
  readonly via: string;
}

/** How a question ended. */
export type QuestionEnd =
  | { readonly kind: "answered"; readonly answer: Answer }
  /** No one answered in time. */
  | { readonly kind: "expired" }
  /** Its stage was stopped, or no one could be asked. */
  | { readonly kind: "withdrawn" };

export type AskResult =
  | { readonly kind: "answered"; readonly answer: Answer }
  /** There is nobody who could answer, and why. */
  | { readonly kind: "unanswerable"; readonly reason: string };

/** People who can be asked. */
export interface AskPort {
  /** Waits for an answer that fits the question. When the signal aborts the question is withdrawn, as unanswerable. */
  ask(question: Question, from: Asker, signal: AbortSignal): Promise<AskResult>;
}

/** Who asks. */
export interface Asker {
  readonly runId: string;
  /** The stage's address as a text. */
  readonly stage: string;
}
