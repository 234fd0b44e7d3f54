import { spansOfRun, toOtlp } from "#core/telemetry";
import { traceContents } from "#host";
import { UnusableInput } from "../command.ts";
import { readNamedRun } from "../runs/read-run.ts";
import type { WorkspaceRuns } from "../runs/workspace-runs.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";

/** The traces of a recorded run, as one line of OTLP in JSON. Throws {@link UnusableInput} where its record is damaged. */
export async function tracesOf(runs: WorkspaceRuns, runId: string, terminal: Terminal): Promise<string> {
  const { recorded } = await readNamedRun(runs, runId, terminal);
  if (recorded.problems.length > 0)
    throw new UnusableInput(`The journal of run ${runId} is damaged. It is not exported.`);
  if (recorded.events.length === 0)
    throw new UnusableInput(`The run ${runId} has not begun yet; there is nothing to export.`);
  const { env } = terminal;
  const { resource, capture } = traceContents({ env, manifest: runs.workspace.manifest.telemetry });
  const spans = spansOfRun(recorded.events, { parent: null, capture });
  return `${JSON.stringify(toOtlp(spans, { resource, version: version() }))}\n`;
}
