import { ruleOf } from "#core/checks";
import { lineIndex, type Problem, type Severity } from "#core/pipeline";
import { type Channel, printable } from "./terminal.ts";

/** A file as the user named it, its text, and what is wrong with it. */
export interface CheckedFile {
  readonly path: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

const colours = {
  error: "red",
  warning: "yellow",
  information: "blue",
  hint: "gray",
} as const satisfies Record<Severity, string>;

/** Problems as compilers print them, a line each: `path:line:column: severity message [code name]`, counted from 1. */
export function problemLines({ path, text, problems }: CheckedFile, channel: Channel): string {
  const lines = lineIndex(text);
  return problems
    .map(({ span, severity, message, code }) => {
      const { line0, character } = lines.positionAt(span.start);
      const place = `${path}:${line0 + 1}:${character + 1}:`;
      return `${channel.style("bold", place)} ${channel.style(colours[severity], severity)} ${printable(message)} ${channel.style("gray", `[${labelOf(code)}]`)}\n`;
    })
    .join("");
}

/** `FM1203 unknown-stage`; reasons of the planner have no names. */
function labelOf(code: string): string {
  const rule = ruleOf(code);
  return rule === undefined ? code : `${code} ${rule.name}`;
}

/** Problems in the form of `--format json`, counted from 0 as the Language Server Protocol does. */
export function problemsAsJson({ text, problems }: CheckedFile): readonly object[] {
  const lines = lineIndex(text);
  const position = (offset: number): object => {
    const { line0, character } = lines.positionAt(offset);
    return { line: line0, character };
  };
  return problems.map(({ code, severity, message, span }) => ({
    code,
    severity,
    message,
    range: { start: position(span.start), end: position(span.end) },
  }));
}
