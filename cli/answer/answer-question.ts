import { resolve } from "node:path";
import { readWorkspace, userName, type WaitingRun, waitingRuns } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { printable, type Terminal } from "../terminal.ts";
import { listQuestions } from "./list-questions.ts";

/** Does what `fm answer` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function answerQuestion(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const { operands } = line;
  if (operands.length === 1 || operands.length > 3)
    throw new UsageError("Name the run and the answer, or the run, the stage and the answer.");
  if (operands.length > 0 && line.has("json"))
    throw new UsageError("--json is for the list of open questions, without operands.");
  const runs = await waitingRuns(await rootOf(line, terminal));
  const [run, ...rest] = operands;
  if (run === undefined) {
    listQuestions(runs, line.has("json") ? "json" : "plain", terminal);
    return exitCode.done;
  }
  const value = rest.pop() ?? "";
  return give(runNamed(runs, run), rest[0], value, terminal);
}

async function rootOf(line: CommandLine, { cwd }: Terminal): Promise<string> {
  const result = await readWorkspace(resolve(cwd, line.text("folder") ?? ""));
  if (!result.ok) throw new UnusableInput(result.message);
  return result.workspace.root;
}

/** By its id or the beginning of it. */
function runNamed(runs: readonly WaitingRun[], name: string): WaitingRun {
  const meant = runs.filter(({ runId }) => runId.startsWith(name));
  const exact = meant.find(({ runId }) => runId === name);
  const [first, second] = meant;
  if (exact !== undefined) return exact;
  if (first === undefined)
    throw new UnusableInput(
      `No run ${printable(name)} waits in this workspace. fm answer lists those that do.`,
    );
  if (second !== undefined)
    throw new UnusableInput(
      `Several runs begin with ${printable(name)}: ${meant.map(({ runId }) => runId).join(", ")}. Write more of the id.`,
    );
  return first;
}

async function give(
  run: WaitingRun,
  stage: string | undefined,
  value: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const open = run.questions.filter((each) => stage === undefined || each.stage === stage);
  const [asked, other] = open;
  if (asked === undefined) {
    const what = stage === undefined ? "nothing" : `nothing at stage "${printable(stage)}"`;
    throw new UnusableInput(`The run ${run.runId} asks ${what}. fm answer lists what is asked.`);
  }
  if (other !== undefined) {
    const names = open.map((each) => printable(each.stage)).join(", ");
    throw new UnusableInput(`The run ${run.runId} asks several things. Name the stage: ${names}.`);
  }
  const response = await run.answer(asked.question.id, value, userName());
  switch (response.kind) {
    case "taken":
      terminal.err.write(`${printable(asked.stage)} has your answer.\n`);
      return exitCode.done;
    case "list":
      throw new Error("a run told its questions where it was given an answer");
    case "refused":
      switch (response.reason) {
        case "answered":
        case "not-allowed":
          terminal.err.write(`${printable(response.message)}\n`);
          return exitCode.no;
        case "unfit":
        case "unknown":
        case "malformed":
          throw new UnusableInput(response.message);
      }
  }
}
