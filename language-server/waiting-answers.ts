/** Those who wait for an answer about a text, which comes when the text is looked at. */
export interface WaitingAnswers<Answer> {
  /** The answer about a text that is given next. */
  next(uri: string): Promise<Answer>;
  /** Whether somebody waits for one. */
  isAsked(uri: string): boolean;
  /** Gives it to all who wait. */
  answer(uri: string, answer: Answer): void;
}

/** Nobody waits yet. */
export function waitingAnswers<Answer>(): WaitingAnswers<Answer> {
  const waiting = new Map<string, readonly ((answer: Answer) => void)[]>();
  return {
    next: (uri) =>
      new Promise((resolve) => {
        waiting.set(uri, [...(waiting.get(uri) ?? []), resolve]);
      }),
    isAsked: (uri) => waiting.has(uri),
    answer(uri, answer) {
      for (const resolve of waiting.get(uri) ?? []) resolve(answer);
      waiting.delete(uri);
    },
  };
}
