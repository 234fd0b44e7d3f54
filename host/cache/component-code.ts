import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { componentFolders } from "../component-host/find-component-files.ts";
import type { OwnComponents } from "../component-host/own-components.ts";
import { orMissing } from "../inside.ts";
import type { Workspace } from "../workspace.ts";
import { filesIn } from "../workspace-files.ts";

/**
 * The code of a project's own components, as a hash: its module and all code and JSON in the folders of components,
 * since any of it may be imported. Read once.
 */
export function componentCode(
  { root, manifest }: Workspace,
  { files }: OwnComponents,
): (type: string) => Promise<string | null> {
  let shared: Promise<string> | null = null;
  return async (type) => {
    const own = files.get(type);
    if (own === undefined) return null;
    shared ??= hashOf(root, componentFolders(manifest));
    return `${own} ${await shared}`;
  };
}

async function hashOf(root: string, folders: readonly string[]): Promise<string> {
  const paths = new Set<string>();
  for (const folder of folders)
    for (const path of await filesIn(root, folder)) if (/\.(?:[cm]?[jt]s|json)$/.test(path)) paths.add(path);
  const hash = createHash("sha256");
  for (const path of [...paths].toSorted()) {
    const content = await orMissing(readFile(join(root, path)));
    if (content !== undefined) hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
