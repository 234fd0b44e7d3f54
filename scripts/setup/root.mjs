import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder: every script works on this tree, wherever it is called from. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * An absolute path inside the repository.
 * @param {...string} parts
 */
export const inRoot = (...parts) => path.join(root, ...parts);
