import type { StageBinding, Value } from "#core/expressions";
import type { ComponentDefinition } from "./define.ts";

/** How expressions see the output of a stage that succeeded: with its component's names. */
export function stageBinding(
  stage: { readonly id: string; readonly output: Value },
  definition: ComponentDefinition | undefined,
): StageBinding {
  return {
    kind: "stage",
    id: stage.id,
    output: stage.output,
    declaresOutput: definition !== undefined && Object.hasOwn(definition.output.shape, "output"),
    aliases: definition?.outputAliases ?? {},
  };
}
