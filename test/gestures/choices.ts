import {
  type NewStagePlace,
  type PipelineDocument,
  pipelineGraph,
  possibleArms,
  readAnnotations,
} from "#core/pipeline";

/** Numbers that choose among what a file has. */
export interface Numbers {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** One of a list. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error("There is nothing to choose from.");
  return item;
}

/** One or more of a list, which may be empty. */
export function some(list: readonly string[], first: number, more: number): readonly string[] {
  return [...new Set([first, ...(more % 3 === 0 ? [first + 1] : []), ...(more % 5 === 4 ? [first + 2] : [])])]
    .flatMap((index) => (list.length === 0 ? [] : [at(list, index)]))
    .filter((id, index, all) => all.indexOf(id) === index);
}

/** Ids of all stages. */
export function idsOf({ pipeline }: PipelineDocument): readonly string[] {
  return pipeline.stages.map(({ id }) => id);
}

/** Mostly a stage of the file. */
export function stageAt(document: PipelineDocument, index: number): string {
  const ids = idsOf(document);
  return index === 11 || ids.length === 0 ? "nobody" : at(ids, index);
}

/** Mostly a stage that can have others in its arms. */
export function ownerAt(document: PipelineDocument, index: number): string {
  const owners = document.pipeline.stages.filter((stage) => possibleArms(stage).length > 0);
  return owners.length === 0 ? stageAt(document, index) : at(owners, index).id;
}

/** An arm that it can have. */
export function armAt(
  { pipeline }: PipelineDocument,
  owner: string,
  index: number,
): { readonly owner: string; readonly arm: string } {
  const stage = pipeline.stages.find(({ id }) => id === owner);
  const arms = stage === undefined ? [] : possibleArms(stage);
  return { owner, arm: arms.length === 0 ? "loop" : at(arms, index) };
}

/** Mostly two stages that are connected. */
export function edgeAt(
  document: PipelineDocument,
  { a, b, c }: Numbers,
): { readonly from: string; readonly to: string } {
  const { edges } = pipelineGraph(document);
  if (edges.length === 0 || c === 0) return { from: stageAt(document, a), to: stageAt(document, b) };
  const { from, to } = at(edges, a + 12 * c);
  return { from, to };
}

/** Where a new stage goes. */
export function placeAt(document: PipelineDocument, pick: Numbers): NewStagePlace {
  const { a, b } = pick;
  switch (pick.c % 6) {
    case 0:
      return { kind: "free" };
    case 1:
      return { kind: "after", stage: stageAt(document, a) };
    case 2:
      return { kind: "before", stage: stageAt(document, a) };
    case 3:
      return { kind: "on-edge", ...edgeAt(document, pick) };
    default:
      return { kind: "in-arm", ...armAt(document, ownerAt(document, a), b) };
  }
}

/** Notes and groups, or one kind of them. */
export function marksOf({ pipeline }: PipelineDocument, kind: string): readonly string[] {
  const { notes, groups } = readAnnotations(pipeline);
  return [...notes, ...groups].map(({ id }) => id).filter((id) => id.startsWith(kind));
}

/** Stages of the parent pipeline that this file may know of. */
export function inheritedOf({ pipeline }: PipelineDocument): readonly string[] {
  return pipeline.extends === null ? [] : ["fetched", "base_only"];
}
