import type { Answer, Question } from "#core/ports";

/** An answer as its question takes it, or why it does not. */
export type FittedAnswer =
  | { readonly ok: true; readonly value: Answer["value"] }
  | { readonly ok: false; readonly message: string };

/** Reads what someone gave as an answer: `yes` and `no` for a confirmation, an option or its number (from 1) for a choice. */
export function fitAnswer({ kind, options }: Question, given: unknown): FittedAnswer {
  switch (kind) {
    case "confirm": {
      const value = typeof given === "string" ? WORDS.get(given.trim().toLowerCase()) : given;
      return typeof value === "boolean"
        ? { ok: true, value }
        : { ok: false, message: "Answer with yes or no." };
    }
    case "choice": {
      const text = String(given);
      const chosen = options.includes(text) ? text : options[Number(text) - 1];
      return chosen === undefined
        ? { ok: false, message: `Answer with one of ${options.join(", ")}, or with its number.` }
        : { ok: true, value: chosen };
    }
    case "text":
      return typeof given === "string"
        ? { ok: true, value: given }
        : { ok: false, message: "Answer with a text." };
  }
}

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ["yes", true],
  ["y", true],
  ["true", true],
  ["no", false],
  ["n", false],
  ["false", false],
]);
