import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../setup/root.mjs";

/**
 * A hash over names and contents of files and folders of the repository. What a step made is up to date exactly
 * while the fingerprint of what it read stays the same: no time stamps, so a fresh checkout compares equal too.
 */
export function fingerprint(paths: readonly string[], ...settings: readonly string[]): string {
  const hash = createHash("sha256");
  for (const setting of settings) hash.update(`${setting}\0`);
  for (const file of paths.flatMap(filesUnder).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Whether a step was last done for this very fingerprint. */
export function isUpToDate(step: string, current: string): boolean {
  const file = stampFile(step);
  return existsSync(file) && readFileSync(file, "utf8") === current;
}

/** Records that a step was done for a fingerprint. */
export function recordDone(step: string, current: string): void {
  mkdirSync(path.dirname(stampFile(step)), { recursive: true });
  writeFileSync(stampFile(step), current);
}

const stampFile = (step: string): string => inRoot(".cache", "stamps", step);

/** Files that a path stands for, relative to the repository; none when it does not exist. */
function filesUnder(relative: string): readonly string[] {
  const absolute = inRoot(relative);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [relative];
  return readdirSync(absolute, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules")
    .flatMap((entry) => filesUnder(path.posix.join(relative, entry.name)));
}
