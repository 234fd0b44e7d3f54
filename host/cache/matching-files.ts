import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { folderOf } from "../component-host/find-component-files.ts";
import { matchesGlob } from "../component-host/matches-glob.ts";
import { orMissing } from "../inside.ts";
import { filesIn, isSkipped } from "../workspace-files.ts";

/** Files of a workspace that patterns name. */
export interface MatchingFiles {
  /** Relative to the root with `/`, sorted, each once. */
  readonly paths: readonly string[];
  /** Patterns that name none. */
  readonly without: readonly string[];
}

/**
 * Finds the files of `root` that any of the patterns names: a path, a folder for all that is in it, or a glob. Links are
 * not followed, and nothing is looked for in node_modules, .git and .flowmason.
 */
export async function matchingFiles(root: string, patterns: readonly string[]): Promise<MatchingFiles> {
  const paths = new Set<string>();
  const without: string[] = [];
  for (const pattern of patterns) {
    const found = await filesOf(root, pattern);
    if (found.length === 0) without.push(pattern);
    for (const path of found) paths.add(path);
  }
  return { paths: [...paths].toSorted(), without };
}

/** Whether one of the patterns names a path. */
export function isNamedBy(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`));
}

async function filesOf(root: string, pattern: string): Promise<readonly string[]> {
  if (isSkipped(pattern)) return [];
  if (!/[*?[{]/.test(pattern)) {
    const found = await orMissing(lstat(join(root, pattern)));
    if (found?.isFile() === true) return [pattern];
    return found?.isDirectory() === true ? await filesIn(root, pattern) : [];
  }
  const folder = folderOf(pattern);
  if ((await orMissing(lstat(join(root, folder))))?.isDirectory() !== true) return [];
  return (await filesIn(root, folder)).filter((path) => matchesGlob(path, pattern));
}
