import { join, relative, resolve, sep } from "node:path";
import { type ComponentDefinition, componentDefinitions } from "#core/component-definitions";
import { loadComponents, type OwnComponents, readWorkspace } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type CheckedFile, problemLines, problemsAsJson } from "../problem-lines.ts";
import { printable, type Terminal } from "../terminal.ts";

/** A component and the file it is from; null for a built-in one. */
interface Listed {
  readonly definition: ComponentDefinition;
  readonly file: string | null;
}

/** Does what `fm components` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function listComponents(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const format = line.text("format") ?? "text";
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format is text or json, not "${format}".`);
  if (line.operands.length > 1) throw new UsageError("Name one folder at most.");
  const read = await readWorkspace(resolve(terminal.cwd, line.operands[0] ?? "."));
  if (!read.ok) throw new UnusableInput(read.message);
  const own = await loadComponents(read.workspace, { env: terminal.env, trust: "trusted" });
  const shown = (path: string): string =>
    relative(terminal.cwd, join(read.workspace.root, path)).split(sep).join("/");
  const listed = [...ownOnes(own, shown), ...builtInOnes()];
  const broken = brokenModules(own, shown);
  if (format === "json") printJson(listed, broken, terminal);
  else printText(listed, broken, terminal);
  return broken.length > 0 ? exitCode.no : exitCode.done;
}

function ownOnes({ modules }: OwnComponents, shown: (path: string) => string): readonly Listed[] {
  return modules.flatMap(({ path, definitions }) =>
    definitions.map((definition) => ({ definition, file: shown(path) })),
  );
}

function builtInOnes(): readonly Listed[] {
  return Array.from(componentDefinitions.values(), (definition) => ({ definition, file: null }));
}

function brokenModules({ modules }: OwnComponents, shown: (path: string) => string): readonly CheckedFile[] {
  return modules
    .filter(({ problems }) => problems.length > 0)
    .map(({ path, text, problems }) => ({ path: shown(path), text, problems }));
}

function printJson(listed: readonly Listed[], broken: readonly CheckedFile[], { out }: Terminal): void {
  const components = listed.map(({ definition, file }) => {
    const { type, version, title, description, category } = definition;
    return { type, version, title, description, category, file };
  });
  const files = broken.map((file) => ({ path: file.path, problems: problemsAsJson(file) }));
  out.write(`${JSON.stringify({ components, files }, null, 2)}\n`);
}

function printText(listed: readonly Listed[], broken: readonly CheckedFile[], { out, err }: Terminal): void {
  const widest = Math.max(...listed.map(({ definition }) => nameOf(definition).length));
  for (const { definition, file } of listed) {
    const where = file === null ? "" : ` ${out.style("gray", `(${printable(file)})`)}`;
    const about = definition.description === "" ? definition.title : definition.description;
    out.write(`${nameOf(definition).padEnd(widest)}  ${printable(about)}${where}\n`);
  }
  for (const file of broken) err.write(problemLines(file, err));
}

function nameOf({ type, version }: ComponentDefinition): string {
  return `${type}@${version}`;
}
