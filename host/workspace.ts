import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import * as z from "zod";
import { manifestSchema } from "./manifest-schema.ts";

/** What is used of flowmason.json (facts, section 1.3); other keys are kept. */
export type Manifest = z.infer<typeof manifestSchema>;

const emptyManifest: Manifest = manifestSchema.parse({});

/** A folder with its manifest; without flowmason.json the folder stands alone, with an empty manifest. */
export interface Workspace {
  /** An absolute path. */
  readonly root: string;
  readonly manifest: Manifest;
}

/** The workspace, or why its manifest cannot be used. */
export type WorkspaceResult =
  | { readonly ok: true; readonly workspace: Workspace }
  | { readonly ok: false; readonly message: string };

/** Finds flowmason.json in the folder or the nearest one above it. */
export async function readWorkspace(folder: string): Promise<WorkspaceResult> {
  const start = resolve(folder);
  for (let root = start; ; root = dirname(root)) {
    const path = join(root, "flowmason.json");
    const read = await readIfThere(path);
    if (!read.ok) return { ok: false, message: `${path} cannot be read: ${read.reason}.` };
    if (read.text !== undefined) return parseManifest(root, read.text);
    if (dirname(root) === root) return { ok: true, workspace: { root: start, manifest: emptyManifest } };
  }
}

/** The text, undefined where there is no file; a folder of that name or a missing right is the user's to mend. */
async function readIfThere(
  path: string,
): Promise<
  { readonly ok: true; readonly text: string | undefined } | { readonly ok: false; readonly reason: string }
> {
  try {
    return { ok: true, text: await readFile(path, "utf8") };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return { ok: true, text: undefined };
    return { ok: false, reason: error.message };
  }
}

function parseManifest(root: string, text: string): WorkspaceResult {
  const path = join(root, "flowmason.json");
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return {
      ok: false,
      message: `${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const result = manifestSchema.safeParse(json);
  if (result.success) return { ok: true, workspace: { root, manifest: result.data } };
  return { ok: false, message: `${path} cannot be used:\n${z.prettifyError(result.error)}` };
}
