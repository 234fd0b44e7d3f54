import { resolve } from "node:path";
import { SHORTEST_SECRET } from "#core/component-definitions";
import { createBlotter } from "#core/components";
import type { RunPlan } from "#core/engine";
import type { ModelPort, SecretPort } from "#core/ports";
import { type CassetteHiding, keyVariables, type Providers } from "#core/providers";
import { CassetteError, environmentSecrets, type Manifest, recordCassette, replayCassette } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** What stands in a cassette in place of a secret has this in it: it is the same in every run, as the file is to be. */
const MARK = "cassette";

/** What stands between a run and its models. */
export interface Cassette {
  /** The models that the run asks in place of its own. To be asked for once. */
  over(models: ModelPort): ModelPort;
  close(): Promise<void>;
}

/** Opens the cassette that `--record` or `--replay` names. Throws {@link UsageError} and {@link UnusableInput}. */
export async function openCassette(
  plan: RunPlan,
  { providers, prices = {} }: Manifest,
  line: CommandLine,
  { cwd, env }: Terminal,
): Promise<Cassette> {
  const [record, replay] = [line.text("record"), line.text("replay")];
  if (record !== undefined && replay !== undefined)
    throw new UsageError("Only one of --record and --replay can be given.");
  const name = record ?? replay;
  if (name === undefined) return { over: (models) => models, close: () => Promise.resolve() };
  const file = { path: resolve(cwd, name), name, hiding: hidingOf(plan, providers, environmentSecrets(env)) };
  try {
    if (record !== undefined) {
      const recording = await recordCassette(file);
      return { over: recording.record, close: recording.close };
    }
    const models = await replayCassette(file, prices);
    return { over: () => models, close: () => Promise.resolve() };
  } catch (error) {
    throw asUnusableCassette(error);
  }
}

/** A cassette's error as it is said to the user; any other as it is. */
export function asUnusableCassette(error: unknown): unknown {
  return error instanceof CassetteError ? new UnusableInput(error.message) : error;
}

/** Keeps the secrets of the run and the keys of providers out. More become known as pipelines are called. */
function hidingOf(plan: RunPlan, providers: Providers, secrets: SecretPort): () => Promise<CassetteHiding> {
  let known: { readonly count: number; readonly hiding: CassetteHiding } | null = null;
  return async () => {
    const names = new Set([...plan.secretSources, ...keyVariables(providers)]);
    if (known?.count !== names.size) {
      const values = new Map<string, string>();
      for (const name of names) {
        const value = await secrets.get(name);
        if (value !== undefined && value.length >= SHORTEST_SECRET) values.set(name, value);
      }
      known = { count: names.size, hiding: createBlotter(values, MARK) };
    }
    return known.hiding;
  };
}
