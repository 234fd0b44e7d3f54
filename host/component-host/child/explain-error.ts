import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Place } from "../messages.ts";
import { ModuleFault } from "./module-fault.ts";
import { stripped } from "./resolve-hook.ts";

/** What was thrown, in words, and where in the user's files. */
export interface ExplainedError {
  readonly message: string;
  readonly place: Place | null;
}

/** Explains anything that the user's code threw; `files` are the user's files that are loaded. */
export function explainError(thrown: unknown, files: ReadonlySet<string>): ExplainedError {
  if (thrown instanceof ModuleFault) return { message: thrown.message, place: thrown.place };
  if (!(thrown instanceof Error)) {
    const value = typeof thrown === "string" ? JSON.stringify(thrown) : String(thrown);
    return { message: `${value} was thrown, which is no Error.`, place: null };
  }
  const message = thrown.message === "" ? thrown.name : thrown.message;
  return {
    message: /[.!?…]$/.test(message) ? message : `${message}.`,
    place: underlinedPlace(thrown) ?? framePlace(thrown.stack ?? "", files) ?? syntaxPlace(thrown, files),
  };
}

/** The innermost place of a stack that is in one of the files. */
export function framePlace(stack: string, files: ReadonlySet<string>): Place | null {
  for (const [, url = "", line = "", column = ""] of stack.matchAll(
    /(file:\/\/[^\s()]+):(\d+):(\d+)\)?$/gm,
  )) {
    const path = fileURLToPath(url);
    if (files.has(path)) return { path, line1: Number(line), column1: Number(column) };
  }
  return null;
}

/** An import of a name that a module does not export is drawn above the message. */
function underlinedPlace({ stack = "" }: Error): Place | null {
  const drawn = /^(file:\/\/\S+):(\d+)\n.*\n( *)\^/.exec(stack);
  if (drawn === null) return null;
  const [, url = "", line, before = ""] = drawn;
  return { path: fileURLToPath(url), line1: Number(line), column1: before.length + 1 };
}

/** V8 tells no place for what it cannot parse; the reader of TypeScript does, and what that takes are decorators. */
function syntaxPlace(error: Error, files: ReadonlySet<string>): Place | null {
  if (!(error instanceof SyntaxError)) return null;
  for (const path of [...files].toReversed()) {
    try {
      stripped(path);
    } catch (fault) {
      if (fault instanceof ModuleFault) return fault.place;
    }
    const lines = readFileSync(path, "utf8").split("\n");
    const line0 = lines.findIndex((line) => /^\s*(export\s+)?@\w/.test(line));
    if (line0 >= 0) return { path, line1: line0 + 1, column1: (lines[line0] ?? "").indexOf("@") + 1 };
  }
  return null;
}
