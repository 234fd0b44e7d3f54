import { createExecutor } from "#core/components";
import { planRun, type RunResult, startRun } from "#core/engine";
import { createMemoryJournal, type MemoryJournal } from "#core/journal";
import { parsePipeline } from "#core/pipeline";
import type { PriceSettings, Providers } from "#core/providers";
import { createNodePorts } from "#host";

/** A pipeline whose stages ask the provider `local`, each on its own. */
export function askingPipeline(
  count: number,
  fields: Readonly<Record<string, unknown>> = {},
  pipeline: Readonly<Record<string, unknown>> = {},
): object {
  const stages = Array.from({ length: count }, (_, index) => ({
    id: `ask${index}`,
    component_type: "generator",
    config: { prompt: `Question ${index}?`, provider: "local", model: "m1" },
    ...fields,
  }));
  return { name: "asks", version: "1.0.0", ...pipeline, stages };
}

/** Runs a pipeline on Node's own ports, with everything but the server real. */
export async function runAsking(
  pipeline: object,
  providers: Providers,
  prices: PriceSettings = {},
): Promise<{ readonly result: RunResult; readonly journal: MemoryJournal }> {
  const planned = planRun(parsePipeline(JSON.stringify(pipeline)), { input: {} });
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join("\n"));
  const ports = createNodePorts({
    workspaceRoot: import.meta.dirname,
    env: { KEY: "sesame" },
    providers,
    prices,
  });
  const journal = createMemoryJournal();
  const { clock, random } = ports;
  const run = startRun(planned.plan, { executor: createExecutor(ports), clock, random, journal });
  return { result: await run.finished, journal };
}
