import type { Located } from "../json-node.ts";
import type { Field } from "../model.ts";
import { readingCode } from "../reading-codes.ts";
import { fieldNamed, type Report } from "./field-reader.ts";

const UNITS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** `timeout_ms`, or `timeout`: a number is seconds, a text has a unit ("500ms", "30s", "2m", "1h"). In milliseconds. */
export function readTimeout(report: Report, fields: readonly Field[]): Located<number> | null {
  const inMilliseconds = fieldNamed(fields, "timeout_ms");
  const field = inMilliseconds ?? fieldNamed(fields, "timeout");
  if (field === undefined || field.value.kind === "null" || field.value.kind === "error") return null;
  const { value: node } = field;
  const milliseconds =
    node.kind === "number"
      ? node.value * (inMilliseconds === undefined ? 1000 : 1)
      : node.kind === "string"
        ? parseDuration(node.value)
        : null;
  if (milliseconds !== null && milliseconds > 0) return { value: milliseconds, span: node.span };
  report({
    code: readingCode.invalidTimeout,
    message:
      inMilliseconds === undefined
        ? '"timeout" must be a number of seconds above 0, or text like "30s", "500ms" or "2m".'
        : '"timeout_ms" must be a number of milliseconds above 0.',
    span: node.span,
  });
  return null;
}

/** Milliseconds of "500ms", "30s", "2m", "1.5h"; null for any other text. */
export function parseDuration(text: string): number | null {
  const match = /^([0-9]+(?:\.[0-9]+)?) ?(ms|s|m|h)$/.exec(text.trim());
  const unit = UNITS.get(match?.[2] ?? "");
  return unit === undefined ? null : Number(match?.[1]) * unit;
}
