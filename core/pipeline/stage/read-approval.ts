import type { JsonNode, Span } from "../json-node.ts";
import type { Field, Stage } from "../model.ts";
import { fieldNamed } from "./field-reader.ts";

/** What a stage says of the approval it needs: `approval`, or Flowcraft's `approve`. */
export type WrittenApproval =
  | { readonly kind: "none" }
  | {
      readonly kind: "needed";
      /** Inputs of the component `approval`. */
      readonly fields: readonly Field[];
      /** The whole question, where the field is a text or true; null where `fields` have it. */
      readonly prompt: { readonly node: JsonNode } | "usual" | null;
      /** What a no does to the stage. */
      readonly onRefusal: "fail" | "skip";
    }
  | { readonly kind: "unusable"; readonly message: string; readonly span: Span };

/** Fields of the question; `kind` is not among them: leave to run is a yes or a no. */
const QUESTION_FIELDS: ReadonlySet<string> = new Set([
  "prompt",
  "question",
  "message",
  "title",
  "default",
  "answerers",
  "timeout",
  "on_timeout",
]);

/** Reads the approval that a stage needs before it runs. */
export function readApproval({ fields }: Pick<Stage, "fields">): WrittenApproval {
  const field = fieldNamed(fields, "approval", "approve");
  if (field === undefined) return { kind: "none" };
  const { key, value } = field;
  switch (value.kind) {
    case "null":
    case "error":
      return { kind: "none" };
    case "boolean":
      return value.value
        ? { kind: "needed", fields: [], prompt: "usual", onRefusal: "fail" }
        : { kind: "none" };
    case "string":
      return { kind: "needed", fields: [], prompt: { node: value }, onRefusal: "fail" };
    case "number":
    case "array":
      return {
        kind: "unusable",
        message: `"${key}" is true, the question as a text, or an object with "prompt" and more.`,
        span: value.span,
      };
    case "object":
      return readQuestion(key, value.properties);
  }
}

function readQuestion(key: string, properties: readonly Field[]): WrittenApproval {
  const unknown = properties.find(
    (property) => property.key !== "on_refusal" && !QUESTION_FIELDS.has(property.key),
  );
  if (unknown !== undefined) {
    const known = [...QUESTION_FIELDS, "on_refusal"].join(", ");
    return {
      kind: "unusable",
      message: `"${key}" has no field "${unknown.key}". It may have ${known}.`,
      span: unknown.keySpan,
    };
  }
  const refusal = fieldNamed(properties, "on_refusal")?.value;
  const onRefusal = refusal?.kind === "string" ? refusal.value : "fail";
  if (refusal !== undefined && onRefusal !== "skip" && onRefusal !== "fail") {
    return { kind: "unusable", message: '"on_refusal" is "fail" or "skip".', span: refusal.span };
  }
  const fields = properties.filter((property) => property.key !== "on_refusal");
  const hasPrompt = fieldNamed(fields, "prompt", "question", "message") !== undefined;
  return {
    kind: "needed",
    fields,
    prompt: hasPrompt ? null : "usual",
    onRefusal: onRefusal === "skip" ? "skip" : "fail",
  };
}
