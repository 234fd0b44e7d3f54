import type { RunStore, Workspace } from "#host";
import { type CommandLine, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import { idOfRun, workspaceRuns } from "./workspace-runs.ts";

/** A run that a command line names, and where it is recorded. */
export interface NamedRun {
  readonly workspace: Workspace;
  readonly store: RunStore;
  readonly runId: string;
}

/** Finds the run of the one operand that there may be. Throws {@link UsageError} and {@link UnusableInput}. */
export async function namedRun(line: CommandLine, terminal: Terminal): Promise<NamedRun> {
  const [name, ...more] = line.operands;
  if (name === undefined || more.length > 0)
    throw new UsageError("Name one run: its id, the beginning or the end of it, or latest.");
  const runs = await workspaceRuns(line, terminal);
  return { ...runs, runId: await idOfRun(runs, name) };
}
