import { builtInProject, componentVocabulary } from "#core/component-definitions";
import { canonicalText, type PipelineDocument, type Problem, parsePipeline, tidyText } from "#core/pipeline";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { problemLines } from "../problem-lines.ts";
import { readAll } from "../read-file.ts";
import { printable, type Terminal } from "../terminal.ts";
import { findPipelines } from "../validate/find-pipelines.ts";
import { readWhole, replaceFile } from "./replace-file.ts";

/** What formatting one text comes to. */
type Formatted =
  | { readonly ok: true; readonly text: string; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problem: Problem };

type Outcome = "unchanged" | "changed" | "unusable";

/** Does what `fm fmt` is asked. Throws {@link UsageError}. */
export async function formatPaths(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const { operands } = line;
  if (operands.length === 0) throw new UsageError("Name the files or folders to format.");
  if (operands.includes("-")) {
    if (operands.length > 1) throw new UsageError("Standard input, -, is formatted alone.");
    return formatInput(line, terminal);
  }
  const outcomes: Outcome[] = [];
  for (const found of await findPipelines(operands, terminal)) {
    if (found.kind === "nothing") {
      terminal.err.write(`${terminal.err.style("red", "fm:")} ${found.reason}\n`);
      outcomes.push("unusable");
    } else {
      outcomes.push(await formatFile(found.path, line, terminal));
    }
  }
  const changed = outcomes.filter((outcome) => outcome === "changed").length;
  const verb = line.has("check") ? "would change" : "changed";
  terminal.err.write(`${outcomes.length} ${outcomes.length === 1 ? "file" : "files"}: ${changed} ${verb}.\n`);
  if (outcomes.includes("unusable")) return exitCode.unusable;
  return line.has("check") && changed > 0 ? exitCode.no : exitCode.done;
}

async function formatInput(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const text = await readAll(terminal.stdin);
  const document = parsePipeline(text);
  const formatted = format(document, line);
  if (!formatted.ok) {
    tellProblem("-", text, formatted.problem, terminal);
    return exitCode.unusable;
  }
  tellNotes("-", formatted.notes, terminal);
  if (!line.has("check")) {
    terminal.out.write(formatted.text);
    return exitCode.done;
  }
  if (formatted.text === text) return exitCode.done;
  terminal.out.write("-\n");
  return exitCode.no;
}

async function formatFile(path: string, line: CommandLine, terminal: Terminal): Promise<Outcome> {
  try {
    const text = await readWhole(path, terminal);
    const document = parsePipeline(text);
    const formatted = format(document, line);
    if (!formatted.ok) {
      tellProblem(path, text, formatted.problem, terminal);
      return "unusable";
    }
    if (formatted.text === text) return "unchanged";
    if (!line.has("check")) await replaceFile(path, formatted.text, terminal);
    terminal.out.write(`${printable(path)}\n`);
    tellNotes(path, formatted.notes, terminal);
    return "changed";
  } catch (error) {
    if (!(error instanceof UnusableInput)) throw error;
    terminal.err.write(`${terminal.err.style("red", "fm:")} ${error.message}\n`);
    return "unusable";
  }
}

/** Components of the project's own have one spelling, and are not loaded: formatting runs no code. */
function format(document: PipelineDocument, line: CommandLine): Formatted {
  if (line.has("canonical")) return canonicalText(document, componentVocabulary(builtInProject.definitions));
  const tidy = tidyText(document);
  return tidy.ok ? { ...tidy, notes: [] } : tidy;
}

function tellProblem(path: string, text: string, problem: Problem, { err }: Terminal): void {
  err.write(problemLines({ path, text, problems: [problem] }, err));
}

function tellNotes(path: string, notes: readonly string[], { err }: Terminal): void {
  for (const note of notes) err.write(`${printable(path)}: ${printable(note)}\n`);
}
