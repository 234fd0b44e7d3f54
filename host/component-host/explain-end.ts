import type { ProcessEnd } from "./host-process.ts";
import { memoryLimit, overLimit } from "./memory-limit.ts";

/** Why a component gave nothing, told by how its process ended; `printed` is the end of what it wrote to standard error. */
export function explainEnd(end: ProcessEnd, printed: string): string {
  switch (end.kind) {
    case "unstartable":
      return `The process for components cannot be started: ${end.reason}.`;
    case "exited":
      return `It ended its process, with exit code ${end.code}, before it gave anything. A component must not call process.exit.`;
    case "misused":
      return "It wrote to the channel by which FlowMason talks to its process, so the process was ended.";
    case "killed":
      if (printed.includes("heap out of memory"))
        return `It ran out of memory: a component may use ${memoryLimit.heap} MB. Let it work on less at a time.`;
      if (printed.includes(overLimit(memoryLimit.process)))
        return `It ran out of memory: all of its process together may take ${memoryLimit.process} MB. Let it work on less at a time.`;
      return `Its process was ended by the signal ${end.signal}, before it gave anything; ${senderOf(end.signal)}`;
  }
}

/** What is known of where a signal comes from that nothing was said about. */
function senderOf(signal: NodeJS.Signals): string {
  if (signal === "SIGKILL")
    return "FlowMason did not send it. Its own code, another program or the system did, which sends it where memory runs out.";
  if (signal === "SIGABRT" || signal === "SIGTRAP")
    return "Node does so by process.abort, or where something in it cannot go on.";
  return "FlowMason did not send it.";
}
