import type { JournalEvent } from "#core/journal";
import { addressKey, type Json } from "#core/ports";
import { EditFault } from "./edit-fault.ts";

/** What is to be otherwise in a fork. */
export type RunEdit =
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

/**
 * Reads what is to be edited: `input.name`, `draft.output.content`, `each[2]/score.output`, `draft.config.prompt`. `stages`
 * are the keys of the addresses that the run has, with the ids of their stages. A field of a stage is of all its rounds, and
 * may be named by its id in the file too. Throws {@link EditFault}.
 */
export function readEdit(written: string, value: Json, stages: ReadonlyMap<string, string>): RunEdit {
  if (written === "input" || /^input[.[]/.test(written))
    return { kind: "input", path: segments(written.slice("input".length)), value, written };
  const stage = longestPrefix(written, [...stages].flat());
  if (stage === undefined) {
    const name = /^[^.]*/.exec(written)?.[0] ?? "";
    throw new EditFault(
      "path",
      written,
      `the run has no stage ${name}. PATH is input, STAGE.output or a field of a stage, as in write.config.prompt.`,
    );
  }
  const [first, ...rest] = segments(written.slice(stage.length));
  if (first === undefined)
    throw new EditFault(
      "path",
      written,
      `say what of the stage, as in ${stage}.output or ${stage}.config.prompt.`,
    );
  if (first === "output" && !stages.has(stage)) {
    const round = [...stages].find(([, id]) => id === stage)?.[0] ?? stage;
    throw new EditFault(
      "path",
      written,
      `${stage} gave an output in each of its rounds. Name one, as in ${round}.output.`,
    );
  }
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
