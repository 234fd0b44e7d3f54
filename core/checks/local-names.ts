import { catchNames, loopNames, type Stage } from "#core/pipeline";
import type { Ownership, PipelineView } from "./pipeline-view.ts";

/** Names that a stage sees because of the loops and catches it is in. */
export function localNames(view: PipelineView, stage: Stage): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { owner, arm } of view.ownersOf(stage)) {
    if (arm === "loop") for (const name of namesOfLoop(owner)) names.add(name);
    if (arm === "catch") for (const name of namesOfCatch(owner)) names.add(name);
  }
  return names;
}

/** The variables of a loop, as its config names them. */
export function loopVariables(
  owner: Stage,
): readonly { readonly name: string; readonly written: Stage["config"][number] | undefined }[] {
  return [variable(owner, "item_variable", "item"), variable(owner, "index_variable", "index")];
}

/** What a reference to the owner may read besides its output, from inside its body. */
export function ownerFields({ owner, arm }: Ownership): readonly string[] {
  if (arm === "loop") return [...namesOfLoop(owner), "current_index", "total_items"];
  return namesOfCatch(owner);
}

function namesOfLoop(owner: Stage): readonly string[] {
  return [...loopVariables(owner).map(({ name }) => name), ...loopNames];
}

function namesOfCatch(owner: Stage): readonly string[] {
  const { name } = variable(owner, "error_variable", "");
  return name === "" ? catchNames : [...catchNames, name];
}

function variable(owner: Stage, key: string, otherwise: string): ReturnType<typeof loopVariables>[number] {
  const written = [...owner.config, ...owner.inputMapping].findLast((field) => field.key === key);
  const name = written?.value.kind === "string" ? written.value.value : otherwise;
  return { name, written };
}
