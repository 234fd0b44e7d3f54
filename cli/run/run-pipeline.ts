import { resolve } from "node:path";
import { checkPipeline } from "#core/checks";
import { resolveInProject } from "#core/component-definitions";
import { planRun } from "#core/engine";
import { type JsonNode, type Problem, parsePipeline } from "#core/pipeline";
import { editorAccess, providerNames } from "#core/providers";
import { openProject, planEnvironment, readingSecrets, type Workspace } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { problemLines } from "../problem-lines.ts";
import { projectSeverities } from "../project-severities.ts";
import { readNamedFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { workspaceAround } from "../workspace-around.ts";
import { carryOut, type RunToDo } from "./carry-out.ts";
import { debugOption } from "./debug-options.ts";
import { defaultProvider } from "./default-provider.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { chooseObservation } from "./observe-run.ts";
import { asUnusableCassette, openNamedCassette } from "./open-cassette.ts";
import { asUnusable, openRecord } from "./open-record.ts";
import { openSecrets, sayingWhy } from "./open-secrets.ts";
import { readBudget } from "./read-budget.ts";
import { readInput } from "./read-input.ts";
import { type EndedRun, type ReportStyle, reportInvalid, reportResult, reportUnusable } from "./report.ts";
import { tellingOf } from "./telling.ts";

/** Does what `fm run` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function runPipeline(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const style = line.has("json") ? "json" : "plain";
  try {
    return await planAndRun(line, style, terminal);
  } catch (error) {
    if (error instanceof UnusableInput) reportUnusable(error.message, style, terminal);
    throw error;
  }
}

async function planAndRun(line: CommandLine, style: ReportStyle, terminal: Terminal): Promise<ExitCode> {
  const [path, ...more] = line.operands;
  if (path === undefined || more.length > 0) throw new UsageError("Name one pipeline file.");
  const budget = readBudget(line);
  const telling = tellingOf(line);
  const debug = debugOption(line);
  const text = await readNamedFile(path, terminal);
  const document = parsePipeline(text);
  const { workspace, inside } = await workspaceAround(path, terminal);
  const observation = await chooseObservation(workspace, line, terminal);
  const secrets = await openSecrets(workspace, line, terminal);
  const project = await openProject(workspace, { document, path: inside }, secrets.visible);
  const severities = projectSeverities(workspace);
  const { problems } = checkPipeline(document, { project, path: inside, severities });
  const file = { path, text, problems: problems.filter(isShown) };
  // The same problems with the same codes as in the editor; what depends on the input, or was made lighter and cannot
  // run all the same, planning finds.
  if (file.problems.some(isError)) {
    reportInvalid(file, style, null, terminal);
    return exitCode.unusable;
  }
  const { sampleInput } = resolveInProject(document, project, inside).document.pipeline;
  // What cannot run whatever it is given says so, and not that its input is missing.
  const input = document.pipeline.abstract ? {} : await readInput(line, sampleInput, terminal);
  const options = {
    ...project,
    input,
    provider: line.text("provider") ?? null,
    budget,
    providers: providerNames(workspace.manifest.providers),
    // A cassette answers for every provider.
    unusable: editorAccess(line.has("replay") ? "answers" : "not-started-by-it"),
    ...defaultProvider(workspace),
    ...planEnvironment(workspace.manifest, secrets),
    path: inside,
  };
  const planned = await sayingWhy(readingSecrets(secrets, () => planRun(document, options)));
  if (!planned.ok) {
    reportInvalid({ path, text, problems: planned.problems }, style, sampleHint(line, sampleInput), terminal);
    return exitCode.unusable;
  }
  if (telling !== "quiet") terminal.err.write(problemLines(file, terminal.err));
  const todo = {
    plan: planned.plan,
    project,
    secrets,
    startFrom: null,
    observation,
    ...(debug === null ? {} : { debug: { ...debug, path: resolve(terminal.cwd, path) } }),
  };
  const ended = await runPlan(todo, workspace, line, terminal);
  reportResult(ended, style, terminal);
  return exitCodeOf(ended.result);
}

function isError({ severity }: Problem): boolean {
  return severity === "error";
}

/** Hints and the like are for those who edit. */
function isShown(problem: Problem): boolean {
  return isError(problem) || problem.severity === "warning";
}

async function runPlan(
  todo: RunToDo,
  workspace: Workspace,
  line: CommandLine,
  terminal: Terminal,
): Promise<EndedRun> {
  const cassette = await openNamedCassette(todo, workspace.manifest, line, terminal);
  const record = await openRecord(workspace, line, terminal);
  try {
    const ended = await carryOut({ ...todo, models: cassette.over }, workspace, record, line, terminal);
    await cassette.close();
    return { ...ended, run: line.has("no-record") ? null : record.runId };
  } catch (error) {
    throw asUnusable(asUnusableCassette(error), line, terminal);
  }
}

function sampleHint(line: CommandLine, sample: JsonNode | null): string | null {
  const isWithout = ["input", "input-file", "sample"].every((option) => !line.has(option));
  return isWithout && sample !== null ? "The pipeline has a sample_input: try --sample." : null;
}
