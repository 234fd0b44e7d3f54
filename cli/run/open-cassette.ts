import { resolve } from "node:path";
import type { ModelPort } from "#core/ports";
import type { CassetteHiding } from "#core/providers";
import { createRedactor } from "#core/secrets";
import { CassetteError, type Manifest, recordCassette, replayCassette } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import type { RunToDo } from "./carry-out.ts";

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
  todo: Pick<RunToDo, "plan" | "secrets">,
  { prices = {} }: Manifest,
  line: CommandLine,
  { cwd }: Terminal,
): Promise<Cassette> {
  const [record, replay] = [line.text("record"), line.text("replay")];
  if (record !== undefined && replay !== undefined)
    throw new UsageError("Only one of --record and --replay can be given.");
  const name = record ?? replay;
  if (name === undefined) return { over: (models) => models, close: () => Promise.resolve() };
  const file = { path: resolve(cwd, name), name, hiding: hidingOf(todo) };
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
function hidingOf({ plan, secrets }: Pick<RunToDo, "plan" | "secrets">): () => Promise<CassetteHiding> {
  const redactor = createRedactor(MARK);
  const known = new Set<string>();
  return async () => {
    for (const source of plan.secretSources) {
      if (known.has(source)) continue;
      known.add(source);
      redactor.know(source, (await secrets.port.get(source)) ?? "");
    }
    return redactor;
  };
}
