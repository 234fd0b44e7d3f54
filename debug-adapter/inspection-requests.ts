import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Client, handler, type RequestHandler } from "./connection.ts";
import type { Inspection } from "./inspection.ts";
import type { Launched } from "./launched.ts";
import { laneOf } from "./thread-requests.ts";
import { traceRequests } from "./trace/trace-requests.ts";
import { valueRequests } from "./values/value-requests.ts";
import { wireValueRequests } from "./wire-values.ts";

/** The requests that look at a run where it is stopped. */
export function inspectionRequests(
  inspection: Inspection,
  launched: () => Launched,
  client: Pick<Client, "redacted">,
): readonly (readonly [string, RequestHandler])[] {
  return [
    ...traceRequests(launched, inspection),
    ...wireValueRequests(launched, inspection),
    ...valueRequests(inspection, client),
    [
      "stackTrace",
      handler<DebugProtocol.StackTraceArguments>((args) =>
        inspection.stackTrace(laneOf(args.threadId), args),
      ),
    ],
    [
      "stepInTargets",
      handler<DebugProtocol.StepInTargetsArguments>((args) => inspection.stepInTargets(args.frameId)),
    ],
    ["scopes", handler<DebugProtocol.ScopesArguments>((args) => inspection.scopes(args.frameId))],
    ["variables", handler<DebugProtocol.VariablesArguments>((args) => inspection.variables(args))],
    ["evaluate", handler<DebugProtocol.EvaluateArguments>((args) => inspection.evaluate(args))],
    ["completions", handler<DebugProtocol.CompletionsArguments>((args) => inspection.completions(args))],
    [
      "dataBreakpointInfo",
      handler<DebugProtocol.DataBreakpointInfoArguments>((args) => inspection.dataBreakpointInfo(args)),
    ],
  ];
}
