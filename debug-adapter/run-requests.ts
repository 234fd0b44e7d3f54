import type { DebugProtocol } from "@vscode/debugprotocol";
import { keepPartialRequest, retryStageRequest, runToRequest, skipStageRequest } from "#protocol";
import { handler, type RequestHandler } from "./connection.ts";
import type { Inspection } from "./inspection.ts";
import type { Launched } from "./launched.ts";
import { readRequest } from "./read-launch-arguments.ts";
import { laneOf } from "./thread-requests.ts";

/** The requests of ours that say how a run goes on. `launched` throws where there is nothing. */
export function runRequests(
  launched: () => Launched,
  inspection: Pick<Inspection, "laneOfStage">,
): readonly (readonly [string, RequestHandler])[] {
  return [
    [
      runToRequest.name,
      (args) => {
        const { path, stage } = readRequest(runToRequest, args);
        launched().runTo(path, stage);
      },
    ],
    [
      keepPartialRequest.name,
      (args) => {
        const { threadId } = readRequest(keepPartialRequest, args);
        launched().keepPartial(laneOf(threadId));
      },
    ],
    [
      retryStageRequest.name,
      (args) => {
        const { threadId } = readRequest(retryStageRequest, args);
        launched().retry(laneOf(threadId));
      },
    ],
    [
      "restartFrame",
      handler<DebugProtocol.RestartFrameArguments>(({ frameId }) =>
        launched().retry(inspection.laneOfStage(frameId)),
      ),
    ],
    [
      skipStageRequest.name,
      (args) => {
        const { threadId } = readRequest(skipStageRequest, args);
        launched().skip(laneOf(threadId));
      },
    ],
  ];
}
