import { isJsonObject, type JsonMembers } from "../../json/json-object.ts";
import { type JsonValue, nodeToJson } from "../../json/node-to-json.ts";
import type { Pipeline } from "../../model.ts";
import { fieldNamed, fieldsOf } from "../../stage/field-reader.ts";

/**
 * What a pipeline that was made of stages of another keeps of how they stood there (`metadata.extracted`), so that they
 * come back to stand as they did. Only inlining reads it, and does without where it does not fit any more.
 */
export interface ExtractedOrigin extends JsonMembers {
  /** For its stages, the stages outside that each waited for by itself. */
  readonly waits: Readonly<Record<string, readonly string[]>>;
  /** For the lists of the other pipeline that name the calling stage, those of its stages that were there. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** The time limit of a call that extracting writes: without one, a called pipeline has a minute. */
export const EXTRACTED_LIMIT_MS = 3_600_000;

/** Whether a pipeline was made of stages of another. */
export function wasExtracted({ fields }: Pipeline): boolean {
  return fieldNamed(fieldsOf(fieldNamed(fields, "metadata")?.value), "extracted") !== undefined;
}

/** Reads it back; what has another shape is empty. */
export function readOrigin({ fields }: Pipeline): ExtractedOrigin {
  const extracted = fieldNamed(fieldsOf(fieldNamed(fields, "metadata")?.value), "extracted")?.value;
  const origin = extracted === undefined ? {} : nodeToJson(extracted);
  const part = (name: string): JsonValue | undefined =>
    isJsonObject(origin) && Object.hasOwn(origin, name) ? origin[name] : undefined;
  return { waits: listsOf(part("waits")), lists: listsOf(part("lists")) };
}

function listsOf(value: JsonValue | undefined): Readonly<Record<string, readonly string[]>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, list]) => [
      key,
      Array.isArray(list) ? list.filter((id): id is string => typeof id === "string") : [],
    ]),
  );
}
