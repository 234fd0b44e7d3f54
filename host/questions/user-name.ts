import { userInfo } from "node:os";

/** The name of who runs this process, as the system knows them; null where it knows none. */
export function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return null;
  }
}
