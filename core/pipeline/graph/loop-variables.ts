import { loopNames } from "../loop-names.ts";
import type { Stage } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";

/** The names a foreach gives its body (facts, section 2). */
export function loopVariables(loop: Stage): readonly string[] {
  return [variable(loop, "item_variable", "item"), variable(loop, "index_variable", "index"), ...loopNames];
}

function variable(loop: Stage, key: string, otherwise: string): string {
  const value = (fieldNamed(loop.inputMapping, key) ?? fieldNamed(loop.config, key))?.value;
  return value?.kind === "string" ? value.value : otherwise;
}
