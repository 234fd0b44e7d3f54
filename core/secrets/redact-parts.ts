import type { Failure, ModelRequest, Question, QuestionEnd } from "#core/ports";
import type { Redactor } from "./redactor.ts";

/** A request without secrets; names of providers and models stay. */
export function redactedRequest(redactor: Redactor, request: ModelRequest): ModelRequest {
  const { messages, stopSequences } = request;
  return {
    ...request,
    messages: messages.map(({ role, content }) => ({ role, content: redactor.text(content) })),
    ...(stopSequences === undefined ? {} : { stopSequences: stopSequences.map(redactor.text) }),
  };
}

/** A question without secrets. */
export function redactedQuestion(redactor: Redactor, question: Question): Question {
  const { title, prompt, options } = question;
  const offered = question.default;
  return {
    ...question,
    title: title === null ? null : redactor.text(title),
    prompt: redactor.text(prompt),
    options: options.map(redactor.text),
    default: typeof offered === "string" ? redactor.text(offered) : offered,
  };
}

/** An answer without secrets: people may type one. */
export function redactedEnd(redactor: Redactor, end: QuestionEnd): QuestionEnd {
  if (end.kind !== "answered" || typeof end.answer.value !== "string") return end;
  return { kind: "answered", answer: { ...end.answer, value: redactor.text(end.answer.value) } };
}

/** A failure, of a stage or of a run, without secrets; its type stays. */
export function redactedFailure<T extends Failure>(redactor: Redactor, failure: T): T {
  const { message, details } = failure;
  return {
    ...failure,
    message: redactor.text(message),
    ...(details === undefined ? {} : { details: redactor.value(details) }),
  };
}
