import { relative, sep } from "node:path";
import { type PipelinePlan, whyNotPinned } from "#core/engine";
import type { JournalEvent } from "#core/journal";
import type { Json } from "#core/ports";
import { type Redactor, recordedSources } from "#core/secrets";
import { openPins, type Pins, PinsError, RunStoreError } from "#host";
import type { LaunchArguments } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { Client } from "../connection.ts";

/** Opens the pins of a pipeline's file. Throws {@link adapterErrors.unusablePins}. */
export async function openSessionPins(root: string, path: string, plan: PipelinePlan): Promise<Pins> {
  try {
    const inside = relative(root, path).split(sep).join("/");
    return await openPins(root, inside, (stage) => whyNotPinned(plan, stage));
  } catch (error) {
    if (error instanceof PinsError || error instanceof RunStoreError)
      throw adapterErrors.unusablePins(error.message);
    throw error;
  }
}

const hasSecret = "its output has a secret in it";

/** Why a value is not written down; null where it may be. */
export function whyNotWritten(redactor: Redactor): (value: Json) => string | null {
  return (value) => {
    const hidden = redactor.value(value);
    return recordedSources(hidden, redactor.mark).size === 0 && hidden === value ? null : hasSecret;
  };
}

/** The same for values of a record, in which marks stand in the places of secrets. */
export function whyNotRecorded([begun]: readonly JournalEvent[]): (value: Json) => string | null {
  const mark = begun?.kind === "run-started" ? begun.secretMark : undefined;
  return (value) => (mark === undefined || recordedSources(value, mark).size === 0 ? null : hasSecret);
}

/** The pins that a launch uses, null for none: it says which stand in for stages, and which cannot. */
export function pinsToUse(pins: Pins, use: LaunchArguments["pins"], client: Client): Pins | null {
  for (const line of pinLines(pins, use))
    client.event("output", { category: "console", output: `${line}\n` });
  return use === "ignore" ? null : pins;
}

function pinLines(pins: Pins, use: LaunchArguments["pins"]): readonly string[] {
  const stages = [...pins.all.keys()];
  if (stages.length === 0) return [];
  if (use === "ignore") return [`Pins are ignored, and these run: ${stages.join(", ")}.`];
  const used = stages.filter((stage) => pins.whyNot(stage) === null);
  return [
    ...(used.length === 0 ? [] : [`Pinned, and not run: ${used.join(", ")}.`]),
    ...stages.flatMap((stage) => {
      const whyNot = pins.whyNot(stage);
      return whyNot === null ? [] : [`The pin of ${stage} is not used: ${whyNot}.`];
    }),
  ];
}
