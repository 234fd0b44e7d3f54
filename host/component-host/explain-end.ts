import { memoryLimit, type ProcessEnd } from "./host-process.ts";

/** Why a component gave nothing, told by how its process ended; `printed` is the end of what it wrote to standard error. */
export function explainEnd(end: ProcessEnd, printed: string): string {
  switch (end.kind) {
    case "unstartable":
      return `The process for components cannot be started: ${end.reason}.`;
    case "exited":
      return `It ended its process, with exit code ${end.code}, before it gave anything. A component must not call process.exit.`;
    case "killed":
      if (end.signal === "SIGABRT" || end.signal === "SIGTRAP" || printed.includes("heap out of memory"))
        return `It ran out of memory: a component may use ${memoryLimit.heap} MB. Let it work on less at a time.`;
      if (end.signal === "SIGKILL")
        return `Its process was killed, most likely for its memory: all of it together may take ${memoryLimit.process} MB. Let it work on less at a time.`;
      return `Its process was ended by the signal ${end.signal}.`;
  }
}
