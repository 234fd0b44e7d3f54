import { type RunPlan, whyNotPinned } from "#core/engine";
import { openPins, type Pins, PinsError, RunStoreError } from "#host";
import { type CommandLine, UnusableInput } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** The pins that a run uses, which are said; null for none. Throws {@link UnusableInput} where they cannot be read. */
export async function openRunPins(
  { pipeline, stages }: RunPlan,
  root: string,
  line: CommandLine,
  { err }: Terminal,
): Promise<Pins | null> {
  if (!line.has("pins") || pipeline.path === null) return null;
  try {
    const pins = await openPins(root, pipeline.path, (stage) => whyNotPinned({ stages }, stage));
    for (const stage of pins.all.keys()) {
      const whyNot = pins.whyNot(stage);
      if (whyNot !== null) err.write(`The pin of ${stage} is not used: ${whyNot}.\n`);
    }
    return pins;
  } catch (error) {
    if (error instanceof PinsError || error instanceof RunStoreError) throw new UnusableInput(error.message);
    throw error;
  }
}
