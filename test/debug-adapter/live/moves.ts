import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { askToGoOn, askToMove, type GoingArguments } from "./ask-to-go-on.ts";
import { backAndForth } from "./back-and-forth.ts";
import { planFork } from "./fork-from.ts";
import { look } from "./look.ts";
import { mainFile } from "./pipeline-files.ts";
import { comeToRest, type ShownBranch, shownBranches, timelineOf, type Walk } from "./walk.ts";

/** What a walk may do at a stop; those that go on are there more than once, since the run is to come somewhere. */
export const moves = [
  ...Array.from({ length: 4 }, () => "next" as const),
  ...Array.from({ length: 8 }, () => "stepIn" as const),
  "stepOut",
  "continue",
  "next alone",
  "stepIn alone",
  "continue alone",
  "stepBack",
  "stepBack",
  "reverseContinue",
  "jump",
  "to the edge",
  "back and forth",
  "answer",
  "pause",
  "run to",
  "step to",
  "skip",
  "retry",
  "restart frame",
  "terminate",
  "keep partial",
  "set input",
  "set output",
  "set variable",
  "pin",
  "unpin",
  "fork",
  "breakpoints",
  "breakpoints after all",
  "no breakpoints",
] as const;

export type Move = (typeof moves)[number];

/** Does it, with what `number` chooses, and comes to rest again; what is refused changes nothing. */
export async function move(walk: Walk, name: Move, number: number): Promise<void> {
  const { client, models } = walk;
  const branches = await shownBranches(client);
  const branch = branches[number % Math.max(1, branches.length)];
  if (branch === undefined) return;
  const threadId = branch.thread;
  const top = branch.frames[0]?.id ?? 0;
  switch (name) {
    case "next":
    case "stepIn":
    case "stepOut":
    case "continue":
      return await goOn(walk, name, { threadId }, number);
    case "next alone":
      return await goOn(walk, "next", { threadId, singleThread: true }, number);
    case "stepIn alone":
      return await goOn(walk, "stepIn", { threadId, singleThread: true }, number);
    case "continue alone":
      return await goOn(walk, "continue", { threadId, singleThread: true }, number);
    case "stepBack":
    case "reverseContinue":
      return await goBack(walk, name, { threadId }, number);
    case "jump": {
      const { state } = await timelineOf(walk);
      return await goBack(walk, "flowmason/jump", { moment: number % Math.max(1, state.total) }, number);
    }
    case "to the edge": {
      const { state } = await timelineOf(walk);
      return await goBack(walk, "flowmason/jump", { moment: state.total }, number);
    }
    case "back and forth":
      return await backAndForth(walk, 1 + (number % 5), number);
    case "answer":
      return await models.answer(number);
    case "pause": {
      const going = askToGoOn(walk, "continue", { threadId });
      const pausing = client.ask("pause", { threadId });
      await going;
      await pausing;
      return await comeToRest(walk, number);
    }
    case "run to": {
      const ids = Object.values(walk.pipelines.lists)[0]?.flat() ?? [];
      const stage = ids[number % ids.length];
      return await goOn(walk, "flowmason/runTo", { path: join(walk.folder, mainFile), stage }, number);
    }
    case "step to": {
      const { body } = await client.ask("stepInTargets", { frameId: top });
      const targets: readonly DebugProtocol.StepInTarget[] = body?.targets ?? [];
      const targetId = targets[number % Math.max(1, targets.length)]?.id;
      if (targetId === undefined) return;
      return await goOn(walk, "stepIn", { threadId, targetId }, number);
    }
    case "skip":
      return await goOn(walk, "flowmason/skipStage", { threadId }, number);
    case "retry":
      return await goOn(walk, "flowmason/retryStage", { threadId }, number);
    case "restart frame":
      return await goOn(walk, "restartFrame", { frameId: top }, number);
    case "terminate":
      await client.ask("terminateThreads", { threadIds: [threadId] });
      return await comeToRest(walk, number);
    case "keep partial":
      return await goOn(walk, "flowmason/keepPartial", { threadId }, number);
    case "set input":
      return await setting(walk, branch, number % 2 === 0 ? "inputs.prompt" : "inputs.return_value", number);
    case "set output":
      return await setting(walk, branch, number % 2 === 0 ? "output" : "output.content", number);
    case "set variable":
      return await setting(walk, branch, "vars.kept", number);
    case "pin":
      await client.ask("flowmason/pin", { stage: stageOf(branch) });
      return;
    case "unpin":
      await client.ask("flowmason/unpin", { stage: stageOf(branch).split("/").at(-1) });
      return;
    case "fork":
      return await planFork(walk, stageOf(branch), number);
    case "breakpoints": {
      const ids = Object.values(walk.pipelines.lists)[0]?.flat() ?? [];
      const kind = ["before", "after", "error"][number % 3];
      await breakAt(walk, [`${kind}:${ids[number % ids.length]}`, `after:${ids[(number * 7) % ids.length]}`]);
      return;
    }
    case "breakpoints after all":
      await breakAt(walk, [
        "after:generator",
        "error:generator",
        "after:json_transform",
        "after:variable_set",
      ]);
      return;
    case "no breakpoints":
      await breakAt(walk, []);
      return;
  }
}

async function breakAt({ client }: Walk, names: readonly string[]): Promise<void> {
  await client.get("setFunctionBreakpoints", { breakpoints: names.map((name) => ({ name })) });
}

/** The stage that a branch is at, as addresses name it. */
function stageOf({ name }: ShownBranch): string {
  return name;
}

async function setting(walk: Walk, branch: ShownBranch, expression: string, number: number): Promise<void> {
  const { client, shown } = walk;
  const frameId = branch.frames[0]?.id;
  const isLive = shown.past() === null;
  const value = expression === "inputs.prompt" ? `"set ${number} answers"` : `{"content": "set ${number}"}`;
  const typed = expression === "output.content" ? `"set ${number}"` : value;
  const { success } = await client.ask("setExpression", { frameId, expression, value: typed });
  if (!success) return;
  if (!isLive) throw new Error(`${expression} was set in the past.`);
  const read = await client.get<DebugProtocol.EvaluateResponse["body"]>("evaluate", {
    frameId,
    expression: `{"is": ${expression}}`,
    context: "clipboard",
  });
  const is: unknown = JSON.parse(read.result);
  if (JSON.stringify(is) !== JSON.stringify({ is: JSON.parse(typed) }))
    throw new Error(`${expression} was set to ${typed}, and is ${read.result}.`);
}

/** Has a branch, or all of it, go on, in the past or live. */
async function goOn(walk: Walk, command: string, args: GoingArguments, number: number): Promise<void> {
  if (!(await askToGoOn(walk, command, args))) return;
  await comeToRest(walk, number);
  await look(walk, `${command} ${JSON.stringify(args)}`);
}

/** Moves the cursor. */
async function goBack(walk: Walk, command: string, args: object, number: number): Promise<void> {
  if (!(await askToMove(walk, command, args))) return;
  await comeToRest(walk, number);
  await look(walk, `${command} ${JSON.stringify(args)}`);
}
