import { resolve } from "node:path";
import { type Cassette, CassetteError, cassetteHiding, type Manifest, openCassette } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import type { RunToDo } from "./carry-out.ts";

/** Opens the cassette that `--record` or `--replay` names. Throws {@link UsageError} and {@link UnusableInput}. */
export async function openNamedCassette(
  { plan, secrets }: Pick<RunToDo, "plan" | "secrets">,
  { prices }: Manifest,
  line: CommandLine,
  { cwd }: Terminal,
): Promise<Cassette> {
  const [record, replay] = [line.text("record"), line.text("replay")];
  if (record !== undefined && replay !== undefined)
    throw new UsageError("Only one of --record and --replay can be given.");
  const name = record ?? replay;
  if (name === undefined) return openCassette({ kind: "none" });
  const hiding = cassetteHiding(plan.secretSources, secrets.port);
  const file = { path: resolve(cwd, name), name, hiding };
  try {
    return await openCassette({ kind: record === undefined ? "replay" : "record", file }, prices);
  } catch (error) {
    throw asUnusableCassette(error);
  }
}

/** A cassette's error as it is said to the user; any other as it is. */
export function asUnusableCassette(error: unknown): unknown {
  return error instanceof CassetteError ? new UnusableInput(error.message) : error;
}
