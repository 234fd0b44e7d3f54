import { RunStoreError } from "#host";
import type { Projects } from "./projects.ts";

/**
 * Refuses what would write into a workspace that is not trusted, whatever its client has asked before: such a workspace
 * is looked at. `consequence` says to people what that means for what they want.
 */
export function requireTrust(projects: Pick<Projects, "isTrusted">, consequence: string): void {
  if (!projects.isTrusted())
    throw new RunStoreError(`This workspace is not trusted. ${consequence} Trust the workspace first.`);
}
