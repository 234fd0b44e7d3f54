import { renameSync, rmSync } from "node:fs";

/**
 * Puts the folder `fresh` in the place of `target`, whole: who reads `target` finds the files of one or of the other,
 * never of both. Several processes may do so at once; the last one wins. Both must be on one file system.
 */
export function replaceFolder(target: string, fresh: string): void {
  const old = `${fresh}-replaced`;
  for (let attempt = 1; ; attempt++) {
    moveAway(target, old);
    try {
      renameSync(fresh, target);
      return;
    } catch (error) {
      // Another process was quicker to fill the place.
      if (attempt === ATTEMPTS || !hasCode(error, ["ENOTEMPTY", "EEXIST", "EPERM"])) throw error;
    } finally {
      rmSync(old, { recursive: true, force: true });
    }
  }
}

const ATTEMPTS = 20;

function moveAway(target: string, old: string): void {
  try {
    renameSync(target, old);
  } catch (error) {
    if (!hasCode(error, ["ENOENT"])) throw error;
  }
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.some((code) => code === error.code);
}
