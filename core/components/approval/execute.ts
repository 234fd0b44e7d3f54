import type * as z from "zod";
import { parseDuration } from "#core/pipeline";
import { type Answer, addressKey, type Question, type QuestionEnd } from "#core/ports";
import { type Call, failed, implementWaiting, type StageOutcome } from "../implementation.ts";
import { approval } from "./definition.ts";

type Inputs = z.output<typeof approval.input>;
type Refusal = StageOutcome & { readonly ok: false };

/** Asks and waits. The question and how it ended are told as events. */
export const approvalImplementation = implementWaiting(approval, async (call, signal) => {
  const planned = plan(call);
  if (!planned.ok) return planned;
  const { question, waitMs } = planned;
  const { emit, ports } = call;
  emit({ kind: "question-asked", question });
  const expired = new AbortController();
  const over = new AbortController();
  if (waitMs !== null) {
    void ports.clock.sleep(waitMs, AbortSignal.any([signal, over.signal])).then(() => {
      if (!signal.aborted && !over.signal.aborted) expired.abort();
    });
  }
  const asker = { runId: call.attempt.runId, stage: addressKey(call.attempt.address) };
  const result = await ports.people.ask(question, asker, AbortSignal.any([signal, expired.signal]));
  over.abort();
  const end = (how: QuestionEnd): void => emit({ kind: "question-closed", id: question.id, end: how });
  // An answer that came first counts, even if the time is up by now.
  if (result.kind === "answered") {
    end({ kind: "answered", answer: result.answer });
    return answered(call, question, result.answer);
  }
  if (expired.signal.aborted) {
    end({ kind: "expired" });
    return timedOut(call, question);
  }
  end({ kind: "withdrawn" });
  if (signal.aborted) return failed("CANCELLED", "The question was withdrawn.");
  const message = `No one can be asked "${question.prompt}": ${result.reason}. Run it in a terminal or in VS Code, or give the question a timeout and a default.`;
  return failed("EXECUTION", message);
});

function plan(
  call: Call<Inputs>,
): { readonly ok: true; readonly question: Question; readonly waitMs: number | null } | Refusal {
  const { inputs, attempt, ports } = call;
  const { kind, options, title, prompt, answerers } = inputs;
  if (kind === "choice" && new Set(options).size < 1)
    return failed("VALIDATION", 'A choice needs "options", a list of texts to choose from.', "options");
  const offered = offer(inputs);
  if (!offered.ok) return offered;
  if (inputs.on_timeout === "default" && offered.value === null)
    return failed("VALIDATION", 'With on_timeout "default" the question needs a "default".', "default");
  const waitMs = durationOf(inputs.timeout);
  if (waitMs !== null && !(waitMs > 0)) {
    const message = `"timeout" must be a number of seconds above 0, or text like "30s" or "2h".`;
    return failed("VALIDATION", message, "timeout");
  }
  const question: Question = {
    id: `${addressKey(attempt.address)}#${attempt.attempt}`,
    kind,
    title: title ?? null,
    prompt,
    options: kind === "choice" ? [...new Set(options)] : [],
    default: offered.value,
    answerers,
    expiresAt: waitMs === null ? null : new Date(ports.clock.now() + waitMs).toISOString(),
  };
  return { ok: true, question, waitMs };
}

/** The default, if the question can have it. */
function offer(inputs: Inputs): { readonly ok: true; readonly value: Question["default"] } | Refusal {
  const value = inputs.default ?? null;
  if (value === null) return { ok: true, value };
  switch (inputs.kind) {
    case "confirm":
      return typeof value === "boolean"
        ? { ok: true, value }
        : failed("VALIDATION", 'The "default" of a yes-or-no question is true or false.', "default");
    case "choice":
      return typeof value === "string" && inputs.options.includes(value)
        ? { ok: true, value }
        : failed("VALIDATION", 'The "default" of a choice is one of its options.', "default");
    case "text":
      return typeof value === "string"
        ? { ok: true, value }
        : failed("VALIDATION", 'The "default" of a question for a text is a text.', "default");
  }
}

/** Milliseconds; null for ever, NaN for what is no duration. */
function durationOf(timeout: string | number | undefined): number | null {
  if (timeout === undefined) return null;
  return typeof timeout === "number" ? timeout * 1000 : (parseDuration(timeout) ?? Number.NaN);
}

function answered({ inputs, ports }: Call<Inputs>, question: Question, answer: Answer): StageOutcome {
  const approved = answer.value !== false;
  if (!approved && inputs.on_refusal === "fail") {
    const message = `${answer.by ?? "Someone"} said no to "${question.prompt}".`;
    return failed("EXECUTION", message);
  }
  return {
    ok: true,
    output: {
      answer: answer.value,
      approved,
      answered_by: answer.by,
      answered_at: new Date(ports.clock.now()).toISOString(),
      answered_via: answer.via,
      timed_out: false,
    },
  };
}

function timedOut({ inputs, ports }: Call<Inputs>, question: Question): StageOutcome {
  const { on_timeout, on_refusal, kind } = inputs;
  const isDefault = on_timeout === "default";
  const answer = isDefault ? question.default : kind === "confirm" ? false : null;
  const approved = isDefault && answer !== false;
  if (on_timeout === "fail" || (!approved && on_refusal === "fail")) {
    const message = `No one answered "${question.prompt}" in time. Answer sooner, raise its "timeout", or say with "on_timeout" what happens then.`;
    return failed("TIMEOUT", message);
  }
  return {
    ok: true,
    output: {
      answer,
      approved,
      answered_by: null,
      answered_at: new Date(ports.clock.now()).toISOString(),
      answered_via: null,
      timed_out: true,
    },
  };
}
