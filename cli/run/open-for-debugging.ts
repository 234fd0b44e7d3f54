import type { Project } from "#core/component-definitions";
import type { RunPlan } from "#core/engine";
import type { JournalSink } from "#core/journal";
import type { DebuggedRun } from "#debug-adapter";
import type { SecretStore } from "#host";
import { UnusableInput } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import type { DebugOption } from "./debug-options.ts";

/** What a debugger has to know of a run. */
export interface RunToDebug extends Pick<Project, "definitions"> {
  readonly plan: RunPlan;
  readonly root: string;
  readonly journal: JournalSink;
}

/**
 * Opens the port where debuggers attach to a run, and says which it is; where the run is to begin with one, waits for
 * that, or for an interruption. Throws {@link UnusableInput} when the port cannot be had.
 */
export async function openForDebugging(
  run: RunToDebug,
  { port, begin, path }: DebugOption & { readonly path: string },
  { redactor }: SecretStore,
  { err, interrupted }: Terminal,
): Promise<DebuggedRun> {
  // The adapter is loaded only when asked for, so that other runs start fast.
  const { openForDebuggers } = await import("#debug-adapter");
  const warn = (text: string): void => err.write(`${text}\n`);
  const debugged = await openForDebuggers({ ...run, path, redactor }, port, warn).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableInput(`Port ${port} cannot be listened on: ${reason}. Choose another --debug-port.`);
  });
  warn(`Debuggers attach at 127.0.0.1:${debugged.port}.`);
  if (begin === "when-attached") {
    warn("The run begins when one has.");
    const gaveUp = new Promise<void>((resolve) => {
      if (interrupted.aborted) resolve();
      else interrupted.addEventListener("abort", () => resolve(), { once: true });
    });
    await Promise.race([debugged.attached, gaveUp]);
  }
  return debugged;
}
