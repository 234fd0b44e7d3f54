import type { RunState, StageState } from "#core/journal";
import { UnusableInput } from "../command.ts";
import { printable } from "../terminal.ts";

/** The stages of a run that a name means: its address, or its id in whatever frames it ran. Throws {@link UnusableInput}. */
export function stagesCalled({ stages }: RunState, name: string): readonly (readonly [string, StageState])[] {
  const exact = stages.get(name);
  if (exact !== undefined) return [[name, exact]];
  const found = [...stages].filter(([, { address }]) => address.stage === name);
  if (found.length > 0) return found;
  const names = [...stages.keys()].slice(0, 20).map(printable);
  throw new UnusableInput(
    `No stage ${printable(name)} had been heard of by then. ${names.length === 0 ? "None had." : `There are ${names.join(", ")}.`}`,
  );
}
