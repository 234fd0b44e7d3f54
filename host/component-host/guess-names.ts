import { posix } from "node:path";

/**
 * The components that a module most likely has, told by its text alone, for one that cannot be loaded: so that a stage
 * that names one is told why. By canonical type; a name too many does no harm.
 */
export function guessNames(path: string, text: string): readonly string[] {
  const written = Array.from(
    text.matchAll(/\bname\s*:\s*["'`]([a-z][a-z0-9_-]*)["'`]/g),
    ([, name = ""]) => name,
  );
  const file = posix.basename(path).replace(/\.\w+$/, "");
  return [...new Set([...written, file].map((name) => name.replaceAll("-", "_")))];
}
