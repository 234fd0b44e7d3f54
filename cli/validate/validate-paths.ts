import { checkPipeline, ruleTable } from "#core/checks";
import { parsePipeline } from "#core/pipeline";
import { type OpenProjects, openProjects } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type CheckedFile, problemLines, problemsAsJson } from "../problem-lines.ts";
import { readNamedFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { workspaceAround } from "../workspace-around.ts";
import { brokenModules } from "./broken-modules.ts";
import { type FoundPath, findPipelines } from "./find-pipelines.ts";

/** Does what `fm validate` is asked. Throws {@link UsageError}. */
export async function validatePaths(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const format = line.text("format") ?? "text";
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format is text or json, not "${format}".`);
  if (line.operands.length === 0) throw new UsageError("Name the files or folders to check.");
  const paths = await findPipelines(line.operands, terminal);
  const projects = openProjects(terminal.env);
  const pipelines = await Promise.all(paths.map((path) => check(path, projects, terminal)));
  const files = [...pipelines, ...(await brokenModules(line.operands, projects, terminal))];
  if (format === "json") printJson(files, terminal);
  else printText(files, terminal);
  if (files.some(isUnreadable)) return exitCode.unusable;
  return files.some(hasErrors) ? exitCode.no : exitCode.done;
}

async function check(path: FoundPath, projects: OpenProjects, terminal: Terminal): Promise<CheckedFile> {
  if (path.kind === "nothing") return unreadable(path.path, path.reason);
  try {
    const text = await readNamedFile(path.path, terminal);
    const document = parsePipeline(text);
    const { workspace, inside } = await workspaceAround(path.path, terminal);
    const project = await projects.open(workspace, { document, path: inside });
    return { path: path.path, text, problems: checkPipeline(document, project, inside) };
  } catch (error) {
    if (error instanceof UnusableInput) return unreadable(path.path, error.message);
    throw error;
  }
}

/** A problem like others, so that the other files are checked and JSON stays one document. */
function unreadable(path: string, message: string): CheckedFile {
  return {
    path,
    text: "",
    problems: [{ code: unreadableCode, severity: "error", message, span: { start: 0, end: 0 } }],
  };
}

const unreadableCode = ruleTable["unreadable-file"].code;

function isUnreadable({ problems }: CheckedFile): boolean {
  return problems.some(({ code }) => code === unreadableCode);
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
