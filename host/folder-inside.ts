import { realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** The real path of a folder under a root; undefined where there is none, or where `..` or a link leads outside. */
export async function folderInside(root: string, path: string): Promise<string | undefined> {
  if (path.includes("\\") || path.includes("\0")) return undefined;
  try {
    const realRoot = await realpath(root);
    const folder = await realpath(join(realRoot, path));
    const within = relative(realRoot, folder);
    if (within === ".." || within.startsWith(`..${sep}`)) return undefined;
    return (await stat(folder)).isDirectory() ? folder : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}
