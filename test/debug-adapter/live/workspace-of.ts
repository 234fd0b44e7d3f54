import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { LaunchArguments } from "#protocol";
import { launchWatched, leave, type Watched } from "./walk.ts";
import type { WireClient } from "./wire-client.ts";

/** Launches a pipeline of these stages in a workspace of its own, and goes to the first stop; all of it is gone after the test. */
export async function launchStages(
  stages: readonly object[],
  {
    configure = async () => {},
    pipeline: more = {},
    ...launch
  }: Pick<LaunchArguments, "stopOnEntry" | "stopBranches"> & {
    readonly configure?: (client: WireClient) => Promise<void>;
    /** What the pipeline says beside its stages. */
    readonly pipeline?: object;
  },
): Promise<Watched & { readonly path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "fm-stops-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "flowmason.json"), "{}");
  const path = join(folder, "main.pipeline.json");
  await writeFile(path, JSON.stringify({ name: "main", version: "1.0.0", ...more, stages }, null, 1));
  const watched = await launchWatched({ ...launch, pipeline: path }, configure);
  onTestFinished(() => leave(watched));
  return { ...watched, path };
}

/** Sets breakpoints by these names. */
export function breakAt(...names: readonly string[]): (client: WireClient) => Promise<void> {
  return async (client) => {
    await client.get("setFunctionBreakpoints", { breakpoints: names.map((name) => ({ name })) });
  };
}

/** A stage that asks a model; the client answers. */
export function asking(id: string, more: object = {}): object {
  return {
    id,
    component_type: "generator",
    config: { prompt: `${id} answers`, provider: "vscode" },
    ...more,
  };
}

/** A stage that is done at once. */
export function quick(id: string, more: object = {}): object {
  return { id, component_type: "json_transform", config: { template: id }, ...more };
}
