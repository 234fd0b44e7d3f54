import type { RetryPolicy, Stage } from "../model.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import { member, scalar, type Written, type WrittenMember } from "../written/written-json.ts";

/** Milliseconds as the text of a `timeout`; null for what such a text cannot say. */
function durationText(milliseconds: number): string | null {
  const text = milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
  return /^[0-9]+(?:\.[0-9]+)?(?:ms|s)$/.test(text) ? text : null;
}

/** `timeout_ms` and a number of seconds as the text of a `timeout`; null where the field stays as it is. */
export function canonicalTimeout(stage: Stage): string | null {
  const timeout = fieldNamed(stage.fields, "timeout");
  const inMilliseconds = fieldNamed(stage.fields, "timeout_ms");
  const isWritten = inMilliseconds === undefined ? timeout?.value.kind === "number" : timeout === undefined;
  return isWritten && stage.timeoutMs !== null ? durationText(stage.timeoutMs.value) : null;
}

/** What `error_handling` says, in the stage's own fields; what else it holds stays in it. */
export function canonicalErrorHandling(stage: Stage, handling: WrittenMember): readonly WrittenMember[] {
  const { value } = handling;
  if (value.kind !== "object") return [handling];
  const written = fieldsOf(fieldNamed(stage.fields, "error_handling")?.value);
  const has = (key: string): boolean => fieldNamed(stage.fields, key) !== undefined;
  const moved = new Set<string>();
  const fields: WrittenMember[] = [];
  const onError = fieldNamed(written, "on_error")?.value;
  if (onError?.kind === "string" && !has("on_error")) {
    moved.add("on_error");
    fields.push(member("on_error", scalar(onError.value)));
  }
  if (stage.retry !== null && !has("retry") && !has("retry_config")) {
    moved.add("max_retries").add("retry_delay");
    fields.push(
      member(
        "retry",
        writeRetry(stage.retry, fieldNamed(written, "retry_delay") === undefined ? "as usual" : "its own"),
      ),
    );
  }
  const rest = value.members.filter(({ key }) => !moved.has(key));
  const gone = value.members.filter(({ key }) => moved.has(key));
  const comments = [...handling.before, ...gone.flatMap(({ before, after }) => [...before, ...after])];
  if (rest.length > 0) {
    const kept = { ...handling, value: { ...value, members: rest } };
    return fields.length === 0
      ? [handling]
      : [
          ...withTrivia(fields, { ...handling, before: comments, after: [] }),
          { ...kept, before: [], blank: false },
        ];
  }
  return withTrivia(fields, { ...handling, before: [...comments, ...value.end] });
}

function writeRetry(
  { maxRetries, initialDelayMs, maxDelayMs, backoffMultiplier }: RetryPolicy,
  delay: "as usual" | "its own",
): Written {
  if (delay === "as usual") return scalar(maxRetries);
  const members = [
    member("max_retries", scalar(maxRetries)),
    member("initial_delay_ms", scalar(initialDelayMs)),
    ...(maxDelayMs === 30_000 ? [] : [member("max_delay_ms", scalar(maxDelayMs))]),
    member("backoff_multiplier", scalar(backoffMultiplier)),
  ];
  return { kind: "object", layout: "line", members, end: [] };
}

function withTrivia(
  fields: readonly WrittenMember[],
  { blank, before, after }: WrittenMember,
): readonly WrittenMember[] {
  const last = fields.length - 1;
  return fields.map((field, index) => ({
    ...field,
    blank: index === 0 ? blank : field.blank,
    before: index === 0 ? before : field.before,
    after: index === last ? after : field.after,
  }));
}
