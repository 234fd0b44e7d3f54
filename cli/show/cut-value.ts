import type { RecordedRun, ValueRef } from "#core/journal";
import type { Json } from "#core/ports";

/** A value of a record, for a document; what stands for it where it is longer than `most` characters, or lost. */
export function cutValue(ref: ValueRef | null, { value }: Pick<RecordedRun, "value">, most: number): Json {
  if (ref === null) return null;
  const found = value(ref);
  if (found === undefined) return { lost: true, ref: ref.ref };
  const text = JSON.stringify(found);
  return text.length <= most ? found : { cut: true, characters: text.length, beginning: text.slice(0, most) };
}

/** The same as text for people. */
export function cutText(ref: ValueRef | null, { value }: RecordedRun, most: number): string {
  if (ref === null) return "none";
  const found = value(ref);
  if (found === undefined) return `lost: the record has no value ${ref.ref}`;
  const text = typeof found === "string" ? found : JSON.stringify(found, null, 2);
  if (text.length <= most) return text;
  return `${text.slice(0, most)}\n… ${text.length - most} more characters; --full shows them`;
}
