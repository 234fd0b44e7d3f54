import { type RunEdit, readEdit } from "#core/engine";
import type { Json } from "#core/ports";
import { UsageError } from "../command.ts";

/** Reads `PATH=JSON`; `stages` are the keys of the addresses that the run has, with the ids of their stages. Throws {@link UsageError}. */
export function readSetting(text: string, stages: ReadonlyMap<string, string>): RunEdit {
  const at = text.indexOf("=");
  if (at <= 0)
    throw new UsageError(`--set takes PATH=JSON, as in --set 'input.name="Ada"'; this is ${text}.`);
  const written = text.slice(0, at).trim();
  return readEdit(written, readValue(written, text.slice(at + 1)), stages);
}

function readValue(path: string, text: string): Json {
  try {
    // What JSON.parse gives is JSON.
    return JSON.parse(text) as Json;
  } catch {
    throw new UsageError(
      `--set ${path}: ${text === "" ? "nothing" : text} is no JSON. A text stands in double quotes: --set '${path}="…"'.`,
    );
  }
}
