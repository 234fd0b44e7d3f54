import { applyEvent, foldRun, type JournalEvent } from "#core/journal";
import type { OtlpChoice, Workspace } from "#host";
import type { CommandLine } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import { beginTraces, type TracedRun } from "./begin-traces.ts";
import { chooseOtlp } from "./choose-otlp.ts";
import { metricsFile, writeMetrics } from "./write-metrics.ts";

/** What other tools are to be told of a run. */
export interface Observation {
  readonly otlp: OtlpChoice;
  /** The file that gets metrics when it has ended, an absolute path; null for none. */
  readonly metrics: string | null;
}

/** What tells other tools of a run. */
export interface Observer {
  onEvent(event: JournalEvent): void;
  /** To be called when the run has ended, however it did. Never rejects for what could not be told, and says that. */
  close(): Promise<void>;
}

/** What the command line, the environment and the project want, before anything has run. Throws {@link UnusableInput}. */
export async function chooseObservation(
  workspace: Workspace,
  line: CommandLine,
  terminal: Terminal,
): Promise<Observation> {
  return { otlp: chooseOtlp(workspace, line, terminal), metrics: await metricsFile(line, terminal) };
}

/** Begins to tell of a run. */
export function observeRun({ otlp, metrics }: Observation, run: TracedRun, terminal: Terminal): Observer {
  const traces = beginTraces(otlp, run, terminal);
  const state = foldRun(metrics === null ? [] : (run.record ?? []));
  return {
    onEvent(event) {
      traces.onEvent(event);
      if (metrics !== null) applyEvent(state, event);
    },
    async close() {
      if (metrics !== null) await writeMetrics(metrics, state, run.secrets.redactor, terminal);
      await traces.close();
    },
  };
}
