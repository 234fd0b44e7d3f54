import { hasCode } from "./has-code.ts";

/** Sends a signal to a process and all that it started and that has not left its group, where any of it is left. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // Nothing of it is left, or what is left is another user's.
    if (!hasCode(error, "ESRCH", "EPERM")) throw error;
  }
}
