import { keyVariables } from "#core/providers";
import type { Manifest } from "../workspace.ts";

/** The variables that components see. Keys are for the providers alone: a component that needs one reads it by another name. */
export function componentEnvironment(
  { providers }: Manifest,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const keys = keyVariables(providers);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !keys.has(name)));
}
