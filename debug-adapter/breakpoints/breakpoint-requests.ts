import type { DebugProtocol } from "@vscode/debugprotocol";
import { functionLogMessagesRequest } from "#protocol";
import { handler, type RequestHandler } from "../connection.ts";
import { readRequest } from "../read-launch-arguments.ts";
import { breakpointLocations } from "./breakpoint-locations.ts";
import type { SessionBreakpoints } from "./session-breakpoints.ts";

/** The requests after which a run stops elsewhere. */
export const settingBreakpoints = [
  "setBreakpoints",
  "setFunctionBreakpoints",
  functionLogMessagesRequest.name,
  "setExceptionBreakpoints",
  "setDataBreakpoints",
] as const;

/** The requests about where a run stops; `preparing` settles once the names of what is launched are known. */
export function breakpointRequests(
  breakpoints: SessionBreakpoints,
  preparing: () => Promise<void>,
): readonly (readonly [string, RequestHandler])[] {
  return [
    [
      "setBreakpoints",
      handler<DebugProtocol.SetBreakpointsArguments>((args) => breakpoints.source.set(args)),
    ],
    [
      "setFunctionBreakpoints",
      handler<DebugProtocol.SetFunctionBreakpointsArguments>(async (args) => {
        // What stands in the way of the launch is the launch's to tell.
        await preparing();
        return await breakpoints.functions.set(args);
      }),
    ],
    [
      functionLogMessagesRequest.name,
      async (args) => {
        const { messages } = readRequest(functionLogMessagesRequest, args);
        await preparing();
        await breakpoints.functions.setMessages(messages);
      },
    ],
    [
      "setExceptionBreakpoints",
      handler<DebugProtocol.SetExceptionBreakpointsArguments>((args) => breakpoints.failures.set(args)),
    ],
    [
      "setDataBreakpoints",
      handler<DebugProtocol.SetDataBreakpointsArguments>((args) => breakpoints.data.set(args)),
    ],
    ["breakpointLocations", handler<DebugProtocol.BreakpointLocationsArguments>(breakpointLocations)],
  ];
}
