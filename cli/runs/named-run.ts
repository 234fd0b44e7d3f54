import { resolve } from "node:path";
import { findRun, openRunStore, type RunStore, RunStoreError, readWorkspace, type Workspace } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** A run that a command line names, and where it is recorded. */
export interface NamedRun {
  readonly workspace: Workspace;
  readonly store: RunStore;
  readonly runId: string;
}

/** Finds the run of the first operand: its id, a beginning of it, or `latest`. Throws {@link UsageError} and {@link UnusableInput}. */
export async function namedRun(line: CommandLine, terminal: Terminal): Promise<NamedRun> {
  const [name, ...more] = line.operands;
  if (name === undefined || more.length > 0)
    throw new UsageError("Name one run: its id, the beginning of it, or latest.");
  const folder = resolve(terminal.cwd, line.text("folder") ?? ".");
  const result = await readWorkspace(folder);
  if (!result.ok) throw new UnusableInput(result.message);
  const { workspace } = result;
  try {
    const store = await openRunStore(workspace.root);
    const found = await findRun(store, name);
    switch (found.kind) {
      case "found":
        return { workspace, store, runId: found.runId };
      case "none":
        throw new UnusableInput(
          `There is no run ${name} in ${workspace.root}. fm runs lists those that there are.`,
        );
      case "ambiguous":
        throw new UnusableInput(
          `${found.runIds.length} runs begin with ${name}: ${found.runIds.join(", ")}. Write more of the id.`,
        );
    }
  } catch (error) {
    if (error instanceof RunStoreError) throw new UnusableInput(error.message);
    throw error;
  }
}
