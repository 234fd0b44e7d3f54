import type { Field, Stage } from "../model.ts";
import { readArms } from "./read-arms.ts";

/** The fields of a stage that hold its arms: lists of ids, one id, or stages written inside. */
export function armFields(stage: Stage): readonly { readonly arm: string; readonly field: Field }[] {
  // What is wrong with them was reported when the stage was read.
  return readArms(() => undefined, stage.componentType, stage);
}
