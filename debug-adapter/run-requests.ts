import { runToRequest, skipStageRequest } from "#protocol";
import type { RequestHandler } from "./connection.ts";
import type { Launched } from "./launched.ts";
import { readRequest } from "./read-launch-arguments.ts";
import { laneOf } from "./thread-requests.ts";

/** The requests of ours that say how a run goes on. `launched` throws where there is nothing. */
export function runRequests(launched: () => Launched): readonly (readonly [string, RequestHandler])[] {
  return [
    [
      runToRequest.name,
      (args) => {
        const { path, stage } = readRequest(runToRequest, args);
        launched().runTo(path, stage);
      },
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
