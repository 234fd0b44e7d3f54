import { addressKey, type Json, type StageAddress } from "#core/ports";
import type { StageOverride } from "./stage-state.ts";

/** A value that was set by hand, in words: `inputs of draft.data`, `draft.title`, `vars.total`. */
export function overriddenName({
  address,
  target,
  path,
}: Pick<StageOverride, "target" | "path"> & { readonly address: StageAddress }): string {
  const steps = path
    .map((step) =>
      typeof step === "number" ? `[${step}]` : /^\w+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join("");
  switch (target.kind) {
    case "inputs":
      return `inputs of ${addressKey(address)}${steps}`;
    case "output":
      return `${addressKey(address)}${steps}`;
    case "variable":
      return `vars.${target.name}${steps}`;
  }
}

/** The part of an overridden value that was set; undefined where there is none, as before a key was added. */
export function overriddenPart(whole: Json | undefined, path: StageOverride["path"]): Json | undefined {
  let current = whole;
  for (const step of path) {
    if (current === null || typeof current !== "object" || !Object.hasOwn(current, step)) return undefined;
    // It has that key: an index of a list is one.
    current = (current as { readonly [key: string]: Json })[step];
  }
  return current;
}
