import { resolveInProject } from "#core/component-definitions";
import {
  documentToJson,
  lineIndex,
  listOrigins,
  type Problem,
  parsePipeline,
  type ResolvedPipeline,
} from "#core/pipeline";
import { openProject } from "#host";
import { type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { problemLines, problemsAsJson } from "../problem-lines.ts";
import { readNamedFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { workspaceAround } from "../workspace-around.ts";
import { withOrigins } from "./with-origins.ts";

/** Does what `fm resolve` is asked. Throws {@link UsageError}, and UnusableInput where there is no file to read. */
export async function resolveFile(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [path, ...more] = line.operands;
  if (path === undefined || more.length > 0) throw new UsageError("Name one pipeline file.");
  const format = line.text("format") ?? "text";
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format is text or json, not "${format}".`);
  const text = await readNamedFile(path, terminal);
  const document = parsePipeline(text);
  const { workspace, inside } = await workspaceAround(path, terminal);
  const project = await openProject(workspace, { document, path: inside }, terminal.env);
  const resolved = resolveInProject(document, project, inside);
  const problems = [...document.problems, ...resolved.problems];
  const isUsable = resolved.complete && !document.broken;
  const file = { path, text, problems };
  if (format === "json") terminal.out.write(`${JSON.stringify(asJson(resolved, file), null, 2)}\n`);
  else {
    terminal.err.write(problemLines(file, terminal.err));
    if (isUsable)
      terminal.out.write(line.has("origins") ? withOrigins(resolved) : endedByLine(resolved.document.text));
  }
  if (!isUsable) return exitCode.unusable;
  return problems.some(({ severity }) => severity === "error") ? exitCode.no : exitCode.done;
}

function asJson(
  resolved: ResolvedPipeline,
  file: { readonly path: string; readonly text: string; readonly problems: readonly Problem[] },
): object {
  const isUsable = resolved.complete && !resolved.file.document.broken;
  const origins = isUsable ? listOrigins(resolved) : [];
  const lines = new Map(
    [resolved.file, ...resolved.parents].map((each) => [each.document, lineIndex(each.document.text)]),
  );
  return {
    path: file.path,
    pipeline: isUsable ? documentToJson(resolved.document) : null,
    // Paths of files are relative to the project's root.
    origins: origins.map(({ pointer, origin }) => {
      const at = lines.get(origin.file.document)?.positionAt(origin.span.start);
      const position = { line: at?.line0 ?? 0, character: at?.character ?? 0 };
      return { pointer, path: origin.file.path, position };
    }),
    problems: problemsAsJson(file),
  };
}

function endedByLine(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
