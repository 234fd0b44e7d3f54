import type { DebugProtocol } from "@vscode/debugprotocol";
import { handler, type RequestHandler } from "./connection.ts";
import type { Inspection } from "./inspection.ts";
import type { Launched } from "./launched.ts";
import type { StepKind } from "./step-range.ts";
import type { Reach } from "./stops.ts";

/** DAP threads are numbered from 1, branches from 0. */
export const threadOf = (lane: number): number => lane + 1;
export const laneOf = (thread: number): number => thread - 1;

type SteppingArguments = DebugProtocol.NextArguments &
  DebugProtocol.StepInArguments &
  DebugProtocol.StepOutArguments;

/** The requests about branches, which clients see as threads. `launched` throws where there is nothing. */
export function threadRequests(
  launched: () => Launched,
  isAnything: () => boolean,
  inspection: Pick<Inspection, "stepTarget">,
): readonly (readonly [string, RequestHandler])[] {
  const threads = (): DebugProtocol.ThreadsResponse["body"] => ({
    threads: (isAnything() ? launched().shown().lanes() : []).map(({ lane, name }) => ({
      id: threadOf(lane),
      name,
    })),
  });

  const goOn = ({
    threadId,
    singleThread,
  }: DebugProtocol.ContinueArguments): DebugProtocol.ContinueResponse["body"] => ({
    allThreadsContinued: launched().resume(laneOf(threadId), reachOf(singleThread)) === "all",
  });

  const step = (how: StepKind): RequestHandler =>
    handler<SteppingArguments>(({ threadId, singleThread }) =>
      launched().step(laneOf(threadId), how, reachOf(singleThread)),
    );

  /** To a stage that is named, as to one that is run to: whether it is come to, the stage that chooses it decides. */
  const stepIn = ({ threadId, singleThread, targetId }: SteppingArguments): void => {
    if (targetId === undefined) return launched().step(laneOf(threadId), "into", reachOf(singleThread));
    const { path, stage } = inspection.stepTarget(targetId);
    return launched().stepTo(laneOf(threadId), path, stage);
  };

  const terminate = ({ threadIds }: DebugProtocol.TerminateThreadsArguments): void => {
    for (const thread of threadIds ?? []) launched().cancelBranch(laneOf(thread));
  };

  return [
    ["threads", threads],
    ["continue", handler<DebugProtocol.ContinueArguments>(goOn)],
    ["next", step("over")],
    ["stepIn", handler<SteppingArguments>(stepIn)],
    ["stepOut", step("out")],
    ["pause", handler<DebugProtocol.PauseArguments>(({ threadId }) => launched().pause(laneOf(threadId)))],
    ["terminateThreads", handler<DebugProtocol.TerminateThreadsArguments>(terminate)],
  ];
}

function reachOf(singleThread: boolean | undefined): Reach {
  return singleThread === true ? "branch" : "all";
}
