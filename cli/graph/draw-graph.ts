import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { resolveInProject } from "#core/component-definitions";
import {
  type Drawing,
  type DrawnRow,
  drawingOf,
  drawingOfRows,
  toDot,
  toMermaid,
  toSvg,
} from "#core/drawing";
import { foldRun } from "#core/journal";
import { type PipelineDocument, type Problem, parsePipeline } from "#core/pipeline";
import { openProject } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { problemLines } from "../problem-lines.ts";
import { readNamedFile, reasonOf } from "../read-file.ts";
import { withRecorded } from "../runs/plan-of-record.ts";
import { readNamedRun } from "../runs/read-run.ts";
import { recordedStart } from "../runs/recorded-start.ts";
import { stageRows } from "../runs/stage-rows.ts";
import { workspaceRuns } from "../runs/workspace-runs.ts";
import type { Terminal } from "../terminal.ts";
import { workspaceAround } from "../workspace-around.ts";
import { drawnRow } from "./drawn-row.ts";

/** Does what `fm graph` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function drawGraph(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [name, ...more] = line.operands;
  if (name === undefined || more.length > 0) throw new UsageError("Name one pipeline file or one run.");
  const write = writerOf(line.text("format") ?? "mermaid");
  const drawing = name.endsWith(".json")
    ? await drawingOfFile(name, terminal)
    : await drawingOfRun(name, line, terminal);
  if (drawing === null) return exitCode.unusable;
  const text = write(drawing);
  const output = line.text("output") ?? "-";
  if (output === "-") terminal.out.write(text);
  else await writeNamed(output, text, terminal);
  return exitCode.done;
}

function writerOf(format: string): (drawing: Drawing) => string {
  switch (format) {
    case "mermaid":
      return toMermaid;
    case "dot":
      return toDot;
    case "svg":
      return (drawing) => toSvg(drawing);
    default:
      throw new UsageError(`--format is mermaid, dot or svg, not "${format}".`);
  }
}

/** Null where the file is no pipeline, or a parent of it is missing; that is said then. */
async function drawingOfFile(path: string, terminal: Terminal): Promise<Drawing | null> {
  const text = await readNamedFile(path, terminal);
  const document = parsePipeline(text);
  const { workspace, inside } = await workspaceAround(path, terminal);
  const project = await openProject(workspace, { document, path: inside }, terminal.env);
  const resolved = resolveInProject(document, project, inside);
  const problems = [...document.problems, ...resolved.problems];
  return drawnUnless(
    document.broken || !resolved.complete,
    resolved.document,
    { path, text, problems },
    terminal,
  );
}

async function drawingOfRun(name: string, line: CommandLine, terminal: Terminal): Promise<Drawing | null> {
  const runs = await workspaceRuns(line, terminal);
  const { inspected, recorded } = await readNamedRun(runs, name, terminal);
  const [first] = recorded.events;
  // A record that was made of traces has no pipeline: what is known are its stages.
  if (first?.kind === "run-started" && first.sources === undefined)
    return drawingOfRows(first.pipeline.name, stageRows(foldRun(recorded.events)).map(drawnRow));
  const start = recordedStart(inspected.runId, recorded);
  const { path, name: pipeline } = start.event.pipeline;
  const text = start.texts.get(path ?? "") ?? "";
  const document = parsePipeline(text);
  const project = await openProject(runs.workspace, { document, path }, terminal.env);
  const pipelines = withRecorded(project.pipelines, start.texts);
  const resolved = resolveInProject(document, { ...project, pipelines }, path);
  const problems = [...document.problems, ...resolved.problems];
  const file = { path: path ?? pipeline, text, problems };
  const rows = stageRows(foldRun(recorded.events)).map(drawnRow);
  return drawnUnless(document.broken || !resolved.complete, resolved.document, file, terminal, rows);
}

function drawnUnless(
  isUnusable: boolean,
  document: PipelineDocument,
  file: { readonly path: string; readonly text: string; readonly problems: readonly Problem[] },
  { err }: Terminal,
  rows: readonly DrawnRow[] | null = null,
): Drawing | null {
  if (!isUnusable) return drawingOf(document, rows);
  err.write(problemLines(file, err));
  return null;
}

async function writeNamed(path: string, text: string, { cwd }: Terminal): Promise<void> {
  try {
    await writeFile(resolve(cwd, path), text, { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      throw new UnusableInput(`${path} is there already, and is left as it is. Name another file with -o.`);
    throw new UnusableInput(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}
