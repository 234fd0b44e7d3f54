import type { Project } from "#core/component-definitions";
import type { Gate, Run, RunPlan } from "#core/engine";
import type { JournalEvent, JournalSink } from "#core/journal";
import type { Redactor } from "#core/secrets";
import { observeRun } from "../observed-run.ts";
import { attachableRun } from "./attach-target.ts";
import { openDebugPort } from "./debug-port.ts";

/** A run that is about to begin. */
export interface RunToAttach extends Pick<Project, "definitions"> {
  readonly plan: RunPlan;
  /** Of the pipeline's file, absolute; and of its workspace. */
  readonly path: string;
  readonly root: string;
  readonly journal: JournalSink;
  readonly redactor: Redactor;
}

/** A run that debuggers attach to while it goes. */
export interface DebuggedRun {
  readonly port: number;
  /** What the run is to be started with. */
  readonly journal: JournalSink;
  readonly gate: Gate;
  onEvent(event: JournalEvent): void;
  /** Resolves when the first debugger is attached. */
  readonly attached: Promise<void>;
  began(run: Run): void;
  /** Tells a debugger that is attached, and closes the port. */
  ended(exitCode: number): Promise<void>;
}

/** Opens a port on loopback for debuggers of a run; rejects where it cannot be had. */
export async function openForDebuggers(
  { definitions, plan, path, root, journal, redactor }: RunToAttach,
  port: number,
  warn: (text: string) => void,
): Promise<DebuggedRun> {
  const observed = observeRun({ plan, path, root }, journal);
  const target = attachableRun(observed, { definitions, plan, path, root }, redactor);
  const opened = await openDebugPort(target, port, warn);
  return {
    port: opened.port,
    journal: observed.journal,
    gate: target.gate,
    onEvent: target.onEvent,
    attached: target.attached,
    began: target.began,
    ended: async (exitCode) => {
      target.ended(exitCode);
      await opened.close();
    },
  };
}
