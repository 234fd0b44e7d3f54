import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { openPins, type Pins, RunStoreError, readWorkspace } from "#host";
import type { KeptPin } from "#protocol";

/**
 * The pins that are kept of a pipeline's file, a URI. Throws an error with a message for people where they cannot be
 * read.
 */
export async function keptPins(uri: string): Promise<{ readonly pins: readonly KeptPin[] }> {
  return listed(await pinsAt(uri));
}

/** Takes a stage's pin away, where it has one; gives those that are left. Throws as {@link keptPins} does. */
export async function unpinKept(uri: string, stage: string): Promise<{ readonly pins: readonly KeptPin[] }> {
  const pins = await pinsAt(uri);
  await pins.unpin(stage);
  return listed(pins);
}

async function pinsAt(uri: string): Promise<Pins> {
  const path = fileURLToPath(uri);
  const found = await readWorkspace(dirname(path));
  if (!found.ok) throw new RunStoreError(found.message);
  const { root } = found.workspace;
  // Whether each can be used is for the run to say.
  return await openPins(root, relative(root, path).split(sep).join("/"), () => null);
}

function listed({ all }: Pins): { readonly pins: readonly KeptPin[] } {
  return { pins: Array.from(all, ([stage, { pinnedAt, run }]) => ({ stage, pinnedAt, run })) };
}
