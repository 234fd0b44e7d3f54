import { checkPipeline } from "#core/checks";
import { parsePipeline } from "#core/pipeline";
import { type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type CheckedFile, problemLines, problemsAsJson } from "../problem-lines.ts";
import { readNamedFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { findPipelines } from "./find-pipelines.ts";

/** Does what `fm validate` is asked. Throws {@link UsageError} and `UnusableInput`. */
export async function validatePaths(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const format = line.text("format") ?? "text";
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format is text or json, not "${format}".`);
  if (line.operands.length === 0) throw new UsageError("Name the files or folders to check.");
  const files: CheckedFile[] = [];
  for (const path of await findPipelines(line.operands, terminal)) files.push(await check(path, terminal));
  if (format === "json") printJson(files, terminal);
  else printText(files, terminal);
  return files.some(hasErrors) ? exitCode.no : exitCode.done;
}

async function check(path: string, terminal: Terminal): Promise<CheckedFile> {
  const text = await readNamedFile(path, terminal);
  return { path, text, problems: checkPipeline(parsePipeline(text)) };
}

function hasErrors({ problems }: CheckedFile): boolean {
  return problems.some(({ severity }) => severity === "error");
}

function printJson(files: readonly CheckedFile[], { out }: Terminal): void {
  const documents = files.map((file) => ({ path: file.path, problems: problemsAsJson(file) }));
  out.write(`${JSON.stringify({ files: documents }, null, 2)}\n`);
}

function printText(files: readonly CheckedFile[], { out, err }: Terminal): void {
  for (const file of files) out.write(problemLines(file, out));
  const all = files.flatMap(({ problems }) => problems);
  const errors = all.filter(({ severity }) => severity === "error").length;
  const warnings = all.filter(({ severity }) => severity === "warning").length;
  err.write(
    `${count(files.length, "file")} checked: ${count(errors, "error")}, ${count(warnings, "warning")}.\n`,
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
