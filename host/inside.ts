import { relative, sep } from "node:path";
import { hasCode } from "./has-code.ts";

/** Whether a real path lies under a real root, and is not the root. */
export function isInside(realRoot: string, path: string): boolean {
  const within = relative(realRoot, path);
  return within !== "" && within !== ".." && !within.startsWith(`..${sep}`);
}

/** What a file operation gives; undefined where there is no such file. Rejects for any other reason. */
export async function orMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP")) return undefined;
    throw error;
  }
}
