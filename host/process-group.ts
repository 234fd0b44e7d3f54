import { spawn } from "node:child_process";
import { signalGroup } from "./signal-group.ts";

/** A program and everything that it started and that has not left its group. */
export interface ProcessGroup {
  /** Asks all of it to end, and ends what has not after a while. */
  end(): void;
  /** The program itself has ended: what it left running is ended at once. */
  leaderEnded(): void;
}

/** Milliseconds between asking and ending. */
const patienceMs = 2000;

/**
 * The group whose leader has this process id. It does not outlive this process, not even one that is killed: a small
 * shell beside it waits for the end of a pipe that only this process holds open, and ends the group then.
 */
export function processGroup(leader: number): ProcessGroup {
  const guard = spawn("/bin/sh", ["-c", guardScript, "flowmason-guard", String(leader)], {
    stdio: ["pipe", "ignore", "ignore"],
    // Ctrl+C in a terminal goes to the whole group there: the guard must live to do its work.
    detached: true,
  });
  // Without a guard the group is still ended by all that is done here.
  guard.once("error", () => {});
  guard.stdin.on("error", () => {});
  guard.unref();
  let timer: NodeJS.Timeout | undefined;
  return {
    end() {
      signalGroup(leader, "SIGTERM");
      timer ??= setTimeout(() => signalGroup(leader, "SIGKILL"), patienceMs);
    },
    leaderEnded() {
      clearTimeout(timer);
      signalGroup(leader, "SIGKILL");
      guard.kill("SIGKILL");
      guard.stdin.destroy();
    },
  };
}

const guardScript =
  'read -r _; kill -s TERM -- "-$1" 2>/dev/null || exit 0; sleep 2; kill -s KILL -- "-$1" 2>/dev/null';
