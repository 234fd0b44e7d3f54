import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { diffPipelines, type PipelineDiff } from "#core/merge";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { reasonOf } from "../read-file.ts";
import type { Channel, Terminal } from "../terminal.ts";
import { diffDocument } from "./diff-document.ts";
import { type NamedText, readSides } from "./diff-sides.ts";
import { htmlDiff } from "./html-diff.ts";
import { markdownDiff } from "./markdown-diff.ts";
import { mermaidDiff } from "./mermaid-diff.ts";
import { textDiff } from "./text-diff.ts";

/** A diff with what it is of. */
export interface NamedDiff {
  readonly before: NamedText;
  readonly after: NamedText;
  readonly diff: PipelineDiff;
}

/** Does what `fm diff` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function diffFiles(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const write = writerOf(line.text("format") ?? "text");
  const { before, after } = await readSides(line.operands, terminal);
  const result = diffPipelines(before.text, after.text);
  if (!result.ok)
    throw new UnusableInput(`${result.side === "before" ? before.name : after.name}: ${result.message}`);
  const output = line.text("output") ?? "-";
  const text = write({ before, after, diff: result.diff }, output === "-" ? terminal.out : plain);
  if (output === "-") terminal.out.write(text);
  else await writeTo(output, text, terminal);
  return result.diff.changes.length === 0 ? exitCode.done : exitCode.no;
}

/** What shows colour where there is any. */
export type Styler = Pick<Channel, "style">;

const plain: Styler = { style: (_, text) => text };

function writerOf(format: string): (diff: NamedDiff, styler: Styler) => string {
  switch (format) {
    case "text":
      return textDiff;
    case "json":
      return (diff) => `${JSON.stringify(diffDocument(diff), null, 2)}\n`;
    case "markdown":
      return markdownDiff;
    case "mermaid":
      return mermaidDiff;
    case "html":
      return htmlDiff;
    default:
      throw new UsageError(`--format is text, json, markdown, mermaid or html, not "${format}".`);
  }
}

async function writeTo(path: string, text: string, { cwd }: Terminal): Promise<void> {
  try {
    await writeFile(resolve(cwd, path), text, { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      throw new UnusableInput(`${path} is there already, and is left as it is. Name another file with -o.`);
    throw new UnusableInput(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}
