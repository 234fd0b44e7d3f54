import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { isInside, orMissing } from "./inside.ts";

/** The real path of a folder under a root; undefined where there is none, or where `..` or a link leads outside. */
export async function folderInside(root: string, path: string): Promise<string | undefined> {
  if (path.includes("\\") || path.includes("\0")) return undefined;
  const realRoot = await orMissing(realpath(root));
  if (realRoot === undefined) return undefined;
  const folder = await orMissing(realpath(join(realRoot, path)));
  if (folder === undefined || (folder !== realRoot && !isInside(realRoot, folder))) return undefined;
  return (await orMissing(stat(folder)))?.isDirectory() === true ? folder : undefined;
}
