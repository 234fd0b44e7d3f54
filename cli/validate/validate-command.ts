import { checkPipeline } from "#core/checks";
import { parsePipeline } from "#core/pipeline";
import { type Command, type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type CheckedFile, problemLines, problemsAsJson } from "../problem-lines.ts";
import { readNamedFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { findPipelines } from "./find-pipelines.ts";

/** `fm validate`: what the editor shows as problems, for files and whole folders. */
export const validateCommand: Command = {
  name: "validate",
  summary: "Check pipelines without running them",
  usage: "PATH… [--format text|json]",
  options: {
    format: { type: "string", value: "text|json", help: "How problems are printed; text unless given" },
  },
  details: `A folder stands for every *.pipeline.json in it, at any depth; a file may have any name.
Ends with 0 when there is no error, with 1 when there is one; warnings do not count.

  fm validate pipelines
  fm validate my.pipeline.json --format json`,
  run: validate,
};

async function validate(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
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
