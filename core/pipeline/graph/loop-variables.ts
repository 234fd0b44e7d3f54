import { catchNames, loopNames } from "../local-names.ts";
import type { Stage } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";

/** The names a foreach gives its body (facts, section 2). */
export function loopVariables(loop: Stage): readonly string[] {
  return [variable(loop, "item_variable", "item"), variable(loop, "index_variable", "index"), ...loopNames];
}

/** The names that a stage gives those in an arm of it. */
export function namesInArm(owner: Stage, arm: string): readonly string[] {
  if (arm === "catch") return [...catchNames, ...errorVariable(owner)];
  return arm === "loop" ? loopVariables(owner) : [];
}

function errorVariable(owner: Stage): readonly string[] {
  const name = variable(owner, "error_variable", "");
  return name === "" ? [] : [name];
}

function variable(loop: Stage, key: string, otherwise: string): string {
  const value = (fieldNamed(loop.inputMapping, key) ?? fieldNamed(loop.config, key))?.value;
  return value?.kind === "string" ? value.value : otherwise;
}
