import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Stop } from "./stops.ts";

/** A stop as DAP tells it, but for where it is. */
export function stoppedBody(stop: Stop): Omit<DebugProtocol.StoppedEvent["body"], "threadId"> {
  switch (stop.reason) {
    case "entry":
    case "step":
    case "pause":
      return stop;
    case "breakpoint":
    case "function breakpoint":
      return { reason: stop.reason, hitBreakpointIds: [...stop.ids] };
    case "exception":
    case "data breakpoint":
      return { reason: stop.reason, text: stop.text, hitBreakpointIds: [...stop.ids] };
  }
}
