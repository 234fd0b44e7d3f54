import type { Redactor } from "./redactor.ts";

/**
 * A message of a protocol, or a document of ours, without secrets in its texts. Its keys and numbers are the format's
 * own and stay: what of them is a value was redacted as one before.
 */
export function redactedTexts<T>(redactor: Redactor, message: T): T {
  // Texts stay texts and objects objects.
  return redactor.isIdle() ? message : (without(redactor, message) as T);
}

function without(redactor: Redactor, given: unknown): unknown {
  if (typeof given === "string") return redactor.text(given);
  if (Array.isArray(given)) return given.map((member) => without(redactor, member));
  if (typeof given !== "object" || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([key, member]) => [key, without(redactor, member)]));
}
