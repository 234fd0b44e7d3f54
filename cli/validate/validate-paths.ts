import { checkPipeline, ruleTable } from "#core/checks";
import { parsePipeline, readingCode } from "#core/pipeline";
import { type OpenProjects, openProjects } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type CheckedFile, problemLines, problemsAsJson } from "../problem-lines.ts";
import { projectSeverities } from "../project-severities.ts";
import { readNamedFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { workspaceAround } from "../workspace-around.ts";
import { brokenModules } from "./broken-modules.ts";
import { type FoundPath, findPipelines } from "./find-pipelines.ts";
import { type Format, formatNamed } from "./format.ts";
import { openDecisions } from "./open-decisions.ts";
import { type InspectedFile, sarifLog } from "./sarif.ts";

/** Does what `fm validate` is asked. Throws {@link UsageError}. */
export async function validatePaths(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const written = line.text("format") ?? "text";
  const format = formatNamed(written);
  if (format === undefined) throw new UsageError(`--format is text, json or sarif, not "${written}".`);
  if (line.operands.length === 0) throw new UsageError("Name the files or folders to check.");
  const paths = await findPipelines(line.operands, terminal);
  const projects = openProjects(terminal.env);
  const pipelines = await Promise.all(paths.map((path) => check(path, projects, terminal)));
  const modules = await brokenModules(line.operands, projects, terminal);
  const files = [...pipelines, ...modules.map((file) => ({ ...file, suppressed: [] }))];
  print(files, format, terminal);
  if (files.some(isUnreadable)) return exitCode.unusable;
  const counting = line.has("strict") ? ["error", "warning"] : ["error"];
  const isBad = files.some(({ problems }) => problems.some(({ severity }) => counting.includes(severity)));
  return isBad ? exitCode.no : exitCode.done;
}

async function check(path: FoundPath, projects: OpenProjects, terminal: Terminal): Promise<InspectedFile> {
  if (path.kind === "nothing") return unreadable(path.path, path.reason);
  try {
    const text = await readNamedFile(path.path, terminal);
    const document = parsePipeline(text);
    const { workspace, inside } = await workspaceAround(path.path, terminal);
    const project = await projects.open(workspace, { document, path: inside });
    const severities = projectSeverities(workspace);
    const checked = checkPipeline(document, { project, path: inside, severities });
    // Git's markers say that it is a conflict themselves.
    const isMarked = checked.problems.some(({ code }) => code === readingCode.mergeConflict);
    const open = isMarked ? [] : await openDecisions(path.path, terminal);
    return { path: path.path, text, ...checked, problems: [...open, ...checked.problems] };
  } catch (error) {
    if (error instanceof UnusableInput) return unreadable(path.path, error.message);
    throw error;
  }
}

/** A problem like others, so that the other files are checked and JSON stays one document. */
function unreadable(path: string, message: string): InspectedFile {
  return {
    path,
    text: "",
    problems: [{ code: unreadableCode, severity: "error", message, span: { start: 0, end: 0 } }],
    suppressed: [],
  };
}

const unreadableCode = ruleTable["unreadable-file"].code;

function isUnreadable({ problems }: CheckedFile): boolean {
  return problems.some(({ code }) => code === unreadableCode);
}

function print(files: readonly InspectedFile[], format: Format, terminal: Terminal): void {
  switch (format) {
    case "text":
      printText(files, terminal);
      return;
    case "json":
      printDocument(
        { files: files.map((file) => ({ path: file.path, problems: problemsAsJson(file) })) },
        terminal,
      );
      return;
    case "sarif":
      printDocument(sarifLog(files), terminal);
  }
}

function printDocument(document: object, { out }: Terminal): void {
  out.write(`${JSON.stringify(document, null, 2)}\n`);
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
