import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** How far above a bundle, or a source file, the package's root can be. */
const MOST_LEVELS = 5;

/** Where a page of the documentation is that came with this program: `checks.md`. Null where none did. */
export function docsUrl(page: string): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let level = 0; level < MOST_LEVELS; level++) {
    const path = join(folder, "docs", page);
    if (existsSync(path)) return pathToFileURL(path).href;
    folder = dirname(folder);
  }
  return null;
}
