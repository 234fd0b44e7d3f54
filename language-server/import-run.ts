import { fileURLToPath } from "node:url";
import { importRunFile, RunStoreError, readWorkspace } from "#host";
import type { ImportedRuns } from "#protocol";

/**
 * Takes a file, by its path, into the workspace that a folder, a URI, is in. Throws an error with a message for people
 * where that cannot be.
 */
export async function importedRuns(folder: string, file: string): Promise<ImportedRuns> {
  const found = await readWorkspace(fileURLToPath(folder));
  if (!found.ok) throw new RunStoreError(found.message);
  const { root } = found.workspace;
  const { runs, notes } = await importRunFile(root, file);
  return { root, runs, notes };
}
