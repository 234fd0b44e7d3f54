import { nearest } from "#core/expressions";
import type { PipelineCatalog } from "../catalog/pipeline-catalog.ts";
import type { Span } from "../json-node.ts";
import type { Field } from "../model.ts";
import type { Problem } from "../problem.ts";
import type { Composition } from "./composition-stage.ts";
import { type Content, memberNamed, membersOf, type Spot, spotIn, textOf } from "./content.ts";
import { findNamed } from "./find-named.ts";
import { inheritanceCode } from "./inheritance-codes.ts";
import type { JoinedPipeline } from "./join-pipeline.ts";

/** What is wrong with the compositions that the file itself has; its parent's are told there. */
export function compositionProblems(
  { file, source }: JoinedPipeline,
  field: Field,
  compositions: readonly Composition[],
  catalog: PipelineCatalog,
): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (code: string, message: string, spot: Spot | null): void => {
    const origin = source.originOf(spot?.span ?? field.keySpan);
    if (origin.file === file) problems.push({ code, severity: "error", message, span: origin.span });
  };
  if (field.value.kind !== "array") {
    report(inheritanceCode.invalidComposition, '"compositions" must be a list in [ ].', null);
    return problems;
  }
  const names = new Set(source.document.pipeline.stages.map(({ id }) => id));
  for (const { id } of compositions) if (id !== null) names.add(id);
  for (const composition of compositions) {
    for (const { code, message, at } of shapeFaults(composition)) report(code, message, spotIn(at));
    for (const item of composition.dependsOn) {
      const name = textOf(item);
      if (name !== null && names.has(name) && name !== composition.id) continue;
      report(
        inheritanceCode.invalidCompositionDependency,
        unknownDependency(name, composition, names),
        spotIn(item),
      );
    }
    for (const problem of calledProblems(composition, { file, source }, catalog)) problems.push(problem);
  }
  return problems;
}

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly at: Content;
}

function* shapeFaults({ content, members, id, pipeline, outputs }: Composition): Iterable<Fault> {
  const invalid = (message: string, at: Content = content): Fault => ({
    code: inheritanceCode.invalidComposition,
    message,
    at,
  });
  if (membersOf(content) === null) {
    yield invalid("A composition must be an object in { }.");
    return;
  }
  const idMember = memberNamed(members, "id");
  if (id === null)
    yield invalid(
      'This composition has no id, so it is left out. Add "id": "…" with a name of its own.',
      idMember?.value,
    );
  const pipelineMember = memberNamed(members, "pipeline");
  if (pipeline === null) {
    yield {
      code: inheritanceCode.missingCompositionPipeline,
      message: `The composition${id === null ? "" : ` "${id}"`} does not say which pipeline it runs. Add "pipeline": "…" with its name.`,
      at: pipelineMember?.value ?? idMember?.value ?? content,
    };
  }
  for (const key of ["input_mapping", "output_mapping"]) {
    const mapping = memberNamed(members, key)?.value;
    if (mapping !== undefined && membersOf(mapping) === null)
      yield invalid(`"${key}" must be an object in { }.`, mapping);
  }
  for (const { member, template } of outputs) {
    if (template === null)
      yield invalid(
        `"${member.key}" must be a path into the output of the pipeline, such as summary.text, or a template such as {{ output.result.summary }}.`,
        member.value,
      );
  }
}

function unknownDependency(name: string | null, { id }: Composition, names: ReadonlySet<string>): string {
  if (name === null) return 'Each item of "depends_on" must be the id of a stage, in double quotes.';
  if (name === id)
    return `The composition "${id}" waits for itself, so it would never run. Remove this entry.`;
  const near = nearest(name, names);
  return `There is no stage "${name}" to wait for.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
}

function* calledProblems(
  { members, pipeline }: Composition,
  { file, source }: Pick<JoinedPipeline, "file" | "source">,
  catalog: PipelineCatalog,
): Iterable<Problem> {
  const spot = spotIn(memberNamed(members, "pipeline")?.value ?? { kind: "scalar", literal: "", spot: null });
  if (pipeline === null || spot === null) return;
  const origin = source.originOf(spot.span);
  if (origin.file !== file) return;
  const found = findNamed(
    catalog,
    file,
    { value: pipeline, span: origin.span },
    inheritanceCode.composedPipelineNotFound,
    "be composed of",
  );
  if (!found.ok) yield found.problem;
  else if (found.entry.document.pipeline.abstract)
    yield cannotCompose(pipeline, found.entry.path, origin.span);
}

function cannotCompose(name: string, path: string, span: Span): Problem {
  return {
    code: inheritanceCode.cannotComposeAbstract,
    severity: "error",
    message: `The pipeline "${name}" (${path}) is abstract, so it cannot run. Name one that extends it.`,
    span,
  };
}
