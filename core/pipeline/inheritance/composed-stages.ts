import type { PipelineCatalog } from "../catalog/pipeline-catalog.ts";
import { declaresNothing } from "../json/declares-nothing.ts";
import type { PipelineDocument, StageIdentities } from "../model.ts";
import type { Problem } from "../problem.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { compositionProblems } from "./composition-problems.ts";
import { type Composition, compositionStage, readComposition } from "./composition-stage.ts";
import { copiedMembers, copyOf, itemsOf, type Member } from "./content.ts";
import type { JoinedPipeline } from "./join-pipeline.ts";
import type { Source } from "./origin.ts";
import { stagesAs, topStages } from "./top-stages.ts";
import { writeContent } from "./write-content.ts";

/** The last document made with the stages of one that had these ids: the next one reuses its parts. */
const latest = new WeakMap<StageIdentities, PipelineDocument>();

/**
 * The pipeline with each of its `compositions` as a stage that calls the other pipeline, after its own stages; null
 * where it has none.
 */
export function composedStages(
  joined: JoinedPipeline,
  catalog: PipelineCatalog,
): { readonly source: Source; readonly problems: readonly Problem[] } | null {
  const { source, file } = joined;
  const { pipeline, tree } = source.document;
  const field = fieldNamed(pipeline.fields, "compositions");
  if (field === undefined || declaresNothing(field.value)) return null;
  const items = itemsOf(copyOf(source, field.value)) ?? [];
  const compositions = items.map(readComposition);
  const problems = compositionProblems(joined, field, compositions, catalog);
  const stages = topStages(source, (unit, base) => copyOf(source, unit.node, base));
  const added = compositions.flatMap((composition: Composition) => compositionStage(composition));
  const form = tree.container?.kind === "map" ? "property" : "item";
  const fields = copiedMembers(source, pipeline.fields).filter(({ key }) => key !== "compositions");
  const value = stagesAs([...stages, ...added], form);
  const withStages = fields.map(
    (member): Member => (member.key === "stages" ? { ...member, value } : member),
  );
  const members = fields.some(({ key }) => key === "stages")
    ? withStages
    : [...withStages, { key: "stages", keySpot: null, spot: null, value }];
  const written = writeContent(members, file, latest.get(tree.identities));
  latest.set(tree.identities, written.document);
  return { source: written, problems };
}
