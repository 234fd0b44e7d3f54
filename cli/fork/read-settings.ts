import type { JournalEvent } from "#core/journal";
import { addressKey, type Json } from "#core/ports";
import { UsageError } from "../command.ts";

/** What `--set` asks to be otherwise. */
export type Setting =
  | {
      readonly kind: "input";
      readonly path: readonly string[];
      readonly value: Json;
      readonly written: string;
    }
  | {
      readonly kind: "output";
      /** As in addresses: `each[2]/score`. */
      readonly stage: string;
      readonly path: readonly string[];
      readonly value: Json;
      readonly written: string;
    }
  | {
      readonly kind: "stage";
      /** Its id in the file. */
      readonly stage: string;
      readonly path: readonly [string, ...string[]];
      readonly value: Json;
      readonly written: string;
    };

/** Reads `PATH=JSON`; `stages` are the keys of the addresses that the run has, with the ids of their stages. Throws {@link UsageError}. */
export function readSetting(text: string, stages: ReadonlyMap<string, string>): Setting {
  const at = text.indexOf("=");
  if (at <= 0)
    throw new UsageError(`--set takes PATH=JSON, as in --set 'input.name="Ada"'; this is ${text}.`);
  const written = text.slice(0, at).trim();
  const value = readValue(written, text.slice(at + 1));
  if (written === "input" || /^input[.[]/.test(written))
    return { kind: "input", path: segments(written.slice("input".length)), value, written };
  const stage = longestPrefix(written, stages.keys());
  if (stage === undefined) {
    const name = /^[^.]*/.exec(written)?.[0] ?? "";
    throw new UsageError(
      `--set ${written}: the run has no stage ${name}. PATH is input, STAGE.output or a field of a stage, as in write.config.prompt.`,
    );
  }
  const [first, ...rest] = segments(written.slice(stage.length));
  if (first === undefined)
    throw new UsageError(
      `--set ${written}: say what of the stage, as in ${stage}.output or ${stage}.config.prompt.`,
    );
  if (first === "output") return { kind: "output", stage, path: rest, value, written };
  return { kind: "stage", stage: stages.get(stage) ?? stage, path: [first, ...rest], value, written };
}

/** The stages of a run by the keys of their addresses. */
export function stagesIn(events: readonly JournalEvent[]): ReadonlyMap<string, string> {
  const stages = new Map<string, string>();
  for (const event of events)
    if ("address" in event) stages.set(addressKey(event.address), event.address.stage);
  return stages;
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

/** `each[9]/b` is no part of the stage `each`, should there be no such round. */
function longestPrefix(written: string, keys: Iterable<string>): string | undefined {
  let found: string | undefined;
  for (const key of keys) {
    const isPrefix = written === key || written.startsWith(`${key}.`);
    if (isPrefix && key.length > (found?.length ?? -1)) found = key;
  }
  return found;
}

/** `.items[0].name` as `items`, `0`, `name`. */
function segments(path: string): readonly string[] {
  return path.split(/[.[\]]/).filter((part) => part !== "");
}
