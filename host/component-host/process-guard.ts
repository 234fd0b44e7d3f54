import { spawn } from "node:child_process";
import process from "node:process";

/** The variable by which what a component started is found when it has left the process group. */
export const guardVariable = "FLOWMASON_COMPONENT_PROCESS";

/** What stands by to end all that a process of the component host has started. */
export interface ProcessGuard {
  /** The process has ended, and its group with it. */
  leaderEnded(): void;
}

/**
 * Guards the process with this id, the leader of its group, whose environment has `mark` as {@link guardVariable}. A
 * small shell waits for the end of the process, or of a pipe that only we hold open, which we cannot outlive: then it
 * ends what is left. What has left the group, as a detached child does, is found by its environment where the system
 * shows that (Linux).
 */
export function guardProcess(leader: number, mark: string): ProcessGuard {
  const args = ["-c", script, "flowmason-guard", String(leader), `${guardVariable}=${mark}`];
  const guard = spawn("/bin/sh", args, {
    // Nothing by which the guard of a process around this one would find it.
    env: { PATH: process.env["PATH"] },
    stdio: ["pipe", "ignore", "ignore"],
    // Ctrl+C in a terminal goes to the whole group there: the guard must live to do its work.
    detached: true,
  });
  // Without a guard the group is still ended by its leader's end.
  guard.once("error", () => {});
  guard.stdin.on("error", () => {});
  guard.unref();
  return { leaderEnded: () => void guard.stdin.end("ended\n") };
}

/** A line says that the group is ended, whose number may be another's soon; the end of the pipe says nothing. */
const script = `
read -r _ || kill -s KILL -- "-$1"
for _ in 1 2 3 4 5; do
  found=$(grep -lszxFe "$2" /proc/[0-9]*/environ)
  [ -n "$found" ] || exit 0
  for file in $found; do pid=\${file#/proc/}; kill -s KILL "\${pid%/environ}"; done
done`;
