import { join } from "node:path";
import { readSeverities, type Severities } from "#core/checks";
import type { Workspace } from "#host";
import { UnusableInput } from "./command.ts";

/** How grave a project takes what checks find. Throws {@link UnusableInput} where its manifest says it wrongly. */
export function projectSeverities({ root, manifest }: Workspace): Severities {
  const { severities, faults } = readSeverities(manifest.checks?.severity ?? {});
  if (faults.length === 0) return severities;
  throw new UnusableInput(`${join(root, "flowmason.json")} cannot be used: ${faults.join(" ")}`);
}
