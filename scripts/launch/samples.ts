import { cpSync, existsSync } from "node:fs";
import { inRoot } from "../setup/root.mjs";

/**
 * The samples as a workspace to play in: a copy, so that trying things out never changes the repository. It is made
 * once; delete the folder to get fresh samples.
 */
export function samplesWorkspace(): string {
  const copy = inRoot(".cache", "samples");
  if (!existsSync(copy)) cpSync(inRoot("samples"), copy, { recursive: true });
  return copy;
}
