import type { AttemptEvent, Directive } from "#core/ports";
import {
  type Redactor,
  redactedEnd,
  redactedFailure,
  redactedQuestion,
  redactedRequest,
  type StreamRedactor,
} from "#core/secrets";

type Channel = Extract<AttemptEvent, { kind: "delta" }>["channel"];

/** Passes events on with no secret in them, whatever a component made of it. */
export function redactingEvents(
  redactor: Redactor,
  emit: (event: AttemptEvent) => void,
): (event: AttemptEvent) => void {
  const streams = new Map<Channel, StreamRedactor>();

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
        const stream = streams.get(event.channel) ?? redactor.stream();
        streams.set(event.channel, stream);
        tell(event.channel, stream.take(event.text));
        return;
      }
      case "log": {
        const { values } = event;
        const message = redactor.text(event.message);
        emit({ ...event, message, ...(values === undefined ? {} : { values: redactor.value(values) }) });
        return;
      }
      case "model-called":
        emit({ kind: "model-called", request: redactedRequest(redactor, event.request) });
        return;
      case "model-answered":
        emit({ ...event, usage: { ...event.usage, model: redactor.text(event.usage.model) } });
        return;
      case "cache":
        emit(event);
        return;
      case "question-asked":
        emit({ kind: "question-asked", question: redactedQuestion(redactor, event.question) });
        return;
      case "question-closed":
        emit({ ...event, end: redactedEnd(redactor, event.end) });
        return;
      case "failed":
        finish();
        emit({ kind: "failed", failure: redactedFailure(redactor, event.failure) });
        return;
      case "succeeded": {
        finish();
        const output = redactor.value(event.output);
        const { directive } = event;
        emit(
          directive === undefined
            ? { kind: "succeeded", output }
            : { kind: "succeeded", output, directive: directiveWithout(redactor, directive) },
        );
        return;
      }
    }
  };
}

/** Ids of stages and the like come from the file, and stay. */
function directiveWithout(redactor: Redactor, directive: Directive): Directive {
  switch (directive.kind) {
    case "branch":
    case "try":
      return directive;
    case "iterate":
      return { ...directive, items: directive.items.map(redactor.value) };
    case "call":
      return {
        ...directive,
        pipeline: redactor.text(directive.pipeline),
        version: directive.version === null ? null : redactor.text(directive.version),
        input: Object.fromEntries(
          Object.entries(directive.input).map(([name, value]) => [name, redactor.value(value)]),
        ),
        fallback: redactor.value(directive.fallback),
      };
    case "return": {
      const { value, message } = directive;
      return {
        ...directive,
        value: redactor.value(value),
        message: message === null ? null : redactor.text(message),
      };
    }
    case "set-variables":
      return {
        ...directive,
        variables: directive.variables.map(({ name, value }) => ({ name, value: redactor.value(value) })),
      };
  }
}
