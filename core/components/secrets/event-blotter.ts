import type { AttemptEvent, Directive, Failure, ModelRequest, Question, QuestionEnd } from "#core/ports";
import type { Blotter, StreamBlotter } from "./blotter.ts";

type Channel = Extract<AttemptEvent, { kind: "delta" }>["channel"];

/** Passes events on with everything in them blotted out that a component may have made of a secret. */
export function eventBlotter(
  blotter: Blotter,
  emit: (event: AttemptEvent) => void,
): (event: AttemptEvent) => void {
  const streams = new Map<Channel, StreamBlotter>();

  const tell = (channel: Channel, text: string): void => {
    if (text !== "") emit({ kind: "delta", channel, text });
  };

  const finish = (): void => {
    for (const [channel, stream] of streams) tell(channel, stream.end());
    streams.clear();
  };

  return (event) => {
    switch (event.kind) {
      case "delta": {
        const stream = streams.get(event.channel) ?? blotter.stream();
        streams.set(event.channel, stream);
        tell(event.channel, stream.take(event.text));
        return;
      }
      case "log": {
        const { values } = event;
        const message = blotter.text(event.message);
        emit({ ...event, message, ...(values === undefined ? {} : { values: blotter.value(values) }) });
        return;
      }
      case "model-called":
        emit({ kind: "model-called", request: requestWithout(blotter, event.request) });
        return;
      case "model-answered":
        emit(event);
        return;
      case "question-asked":
        emit({ kind: "question-asked", question: questionWithout(blotter, event.question) });
        return;
      case "question-closed":
        emit({ ...event, end: endWithout(blotter, event.end) });
        return;
      case "failed":
        finish();
        emit({ kind: "failed", failure: failureWithout(blotter, event.failure) });
        return;
      case "succeeded": {
        finish();
        const output = blotter.value(event.output);
        const { directive } = event;
        emit(
          directive === undefined
            ? { kind: "succeeded", output }
            : { kind: "succeeded", output, directive: directiveWithout(blotter, directive) },
        );
        return;
      }
    }
  };
}

function requestWithout(blotter: Blotter, request: ModelRequest): ModelRequest {
  const { messages, stopSequences } = request;
  return {
    ...request,
    messages: messages.map(({ role, content }) => ({ role, content: blotter.text(content) })),
    ...(stopSequences === undefined ? {} : { stopSequences: stopSequences.map(blotter.text) }),
  };
}

function questionWithout(blotter: Blotter, question: Question): Question {
  const { title, prompt, options } = question;
  const offered = question.default;
  return {
    ...question,
    title: title === null ? null : blotter.text(title),
    prompt: blotter.text(prompt),
    options: options.map(blotter.text),
    default: typeof offered === "string" ? blotter.text(offered) : offered,
  };
}

function endWithout(blotter: Blotter, end: QuestionEnd): QuestionEnd {
  if (end.kind !== "answered" || typeof end.answer.value !== "string") return end;
  return { kind: "answered", answer: { ...end.answer, value: blotter.text(end.answer.value) } };
}

function failureWithout(blotter: Blotter, failure: Failure): Failure {
  const { message, details } = failure;
  return {
    ...failure,
    message: blotter.text(message),
    ...(details === undefined ? {} : { details: blotter.value(details) }),
  };
}

/** Ids of stages and the like come from the file, and stay. */
function directiveWithout(blotter: Blotter, directive: Directive): Directive {
  switch (directive.kind) {
    case "branch":
    case "try":
      return directive;
    case "iterate":
      return { ...directive, items: directive.items.map(blotter.value) };
    case "call":
      return {
        ...directive,
        pipeline: blotter.text(directive.pipeline),
        version: directive.version === null ? null : blotter.text(directive.version),
        input: Object.fromEntries(
          Object.entries(directive.input).map(([name, value]) => [name, blotter.value(value)]),
        ),
        fallback: blotter.value(directive.fallback),
      };
    case "return": {
      const { value, message } = directive;
      return {
        ...directive,
        value: blotter.value(value),
        message: message === null ? null : blotter.text(message),
      };
    }
    case "set-variables":
      return {
        ...directive,
        variables: directive.variables.map(({ name, value }) => ({ name, value: blotter.value(value) })),
      };
  }
}
