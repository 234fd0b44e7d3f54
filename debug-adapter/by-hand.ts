import { overriddenName, overriddenPart, type RunState, type StageOverride } from "#core/journal";
import { addressKey, type FrameStep, type Json, type StageAddress } from "#core/ports";
import type { Origin } from "./variables.ts";

/** What of a run was set by hand up to some point of it. */
export interface ByHand {
  /** At a stage: by what was set, its value and the one before. */
  at(address: StageAddress): { readonly [name: string]: { readonly is: Json; readonly was: Json } };
  /** Whether a row of the Variables view has such a value, or is part of one. */
  has(origin: Origin | undefined): boolean;
}

/** `state` is how the run was then; `value` reads what its record refers to. */
export function byHandIn(
  state: () => Pick<RunState, "stages" | "variables">,
  value: (ref: StageOverride["value"]) => Json,
): ByHand {
  const overrides = (address: StageAddress): readonly StageOverride[] =>
    state().stages.get(addressKey(address))?.overrides ?? [];
  const part = ({ path }: StageOverride, ref: StageOverride["value"]): Json =>
    overriddenPart(value(ref), path) ?? null;
  return {
    at: (address) =>
      Object.fromEntries(
        overrides(address).map((each) => [
          overriddenName({ address: { frames: [], stage: address.stage }, ...each }),
          { is: part(each, each.value), was: part(each, each.before) },
        ]),
      ),
    has: (origin) => {
      if (origin?.kind === "variable") return isVariableByHand(state(), origin);
      if (origin?.kind !== "inputs" && origin?.kind !== "output") return false;
      const { kind, frames, stage, steps } = origin;
      return overrides({ frames, stage }).some(
        ({ target, path }) => target.kind === kind && path.every((step, at) => steps[at] === step),
      );
    },
  };
}

/** A variable that a stage has set anew is its again: then it has another value, or the same one as before. */
function isVariableByHand(
  { stages, variables }: Pick<RunState, "stages" | "variables">,
  { frames, name }: { readonly frames: readonly FrameStep[]; readonly name: string },
): boolean {
  for (let depth = frames.length; depth >= 0; depth--) {
    const around = frames.slice(0, depth);
    const current = variables.get(addressKey({ frames: around, stage: "" }))?.get(name);
    if (current === undefined) continue;
    for (const { overrides } of stages.values())
      if (
        overrides.some(
          ({ target, value }) =>
            target.kind === "variable" && target.name === name && value.ref === current.ref,
        )
      )
        return true;
    return false;
  }
  return false;
}
