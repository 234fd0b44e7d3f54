// What a pipeline is: a text in any of five dialects read into one model with ranges, the graph of its stages, and
// gestures turned into minimal edits of the text. Reading never fails and never starts over; editing never touches
// a line that the gesture is not about. It knows nothing of components, runs or editors.
export { pipelineAliases, stageAliases } from "./canonical/aliases.ts";
export { type CanonicalText, canonicalText } from "./canonical/canonical-text.ts";
export { type TidyText, tidyText } from "./canonical/tidy-text.ts";
export type { ComponentWords, Vocabulary } from "./canonical/vocabulary.ts";
export type {
  AddGroup,
  AddNote,
  AddStage,
  CanvasEdit,
  CanvasPoint,
  ExtractSubpipeline,
  InlineSubpipeline,
  NewStagePlace,
  PasteStages,
  SetLayout,
} from "./canvas-edit.ts";
export { type FoundPipeline, findPipeline, pipelineAt, splitReference } from "./catalog/find-pipeline.ts";
export {
  type CatalogFiles,
  type CatalogFolders,
  catalogEntry,
  loadCatalog,
  mayBePipeline,
} from "./catalog/load-catalog.ts";
export { namesOtherPipelines } from "./catalog/names-others.ts";
export { pathBeside } from "./catalog/path-beside.ts";
export { type CatalogEntry, emptyCatalog, type PipelineCatalog } from "./catalog/pipeline-catalog.ts";
export { describeMissing, findReference, type PipelineReference } from "./catalog/pipeline-reference.ts";
export { isVersionIn, isVersionRange } from "./catalog/version-range.ts";
export { blankDelivery, deliveryId, deliveryStage, failsUndelivered } from "./delivery/delivery-stage.ts";
export { documentToJson } from "./document/document-to-json.ts";
export { absoluteSpan, stageAt, stageById, stageSpan } from "./document/locate.ts";
export { parsePipeline } from "./document/parse-pipeline.ts";
export { type ValuePath, valuePathAt } from "./document/value-path.ts";
export { possibleArms } from "./edit/arm-path.ts";
export { copyStages } from "./edit/clipping/copy-stages.ts";
export { editPipeline } from "./edit/edit-pipeline.ts";
export type { EditResult } from "./edit/edit-result.ts";
export { mendProblem } from "./edit/mend-problem.ts";
export { type Heir, type RenameAcross, renameAcross } from "./edit/names/rename-across.ts";
export { type NewIds, renameIds } from "./edit/names/rename-ids.ts";
export { renameInherited } from "./edit/names/rename-inherited.ts";
export { type NamedStage, stageNameAt } from "./edit/names/stage-name-at.ts";
export { newStageId } from "./edit/new-stage-id.ts";
export { rewriteText } from "./edit/rewrite/rewrite-text.ts";
export { sameJson } from "./edit/same-json.ts";
export { setValue } from "./edit/set-value.ts";
export { type ExtractedPipeline, extractSubpipeline } from "./edit/subpipeline/extract-subpipeline.ts";
export { expressionRoots } from "./expression-roots.ts";
export type { DeferredField, DeferredFields } from "./graph/deferred-fields.ts";
export { type OutputRead, outputReads } from "./graph/output-reads.ts";
export { isOwningArm, type OwningArm } from "./graph/owners.ts";
export { pathAt, pathsOfStage } from "./graph/path-at.ts";
export {
  type GraphEdge,
  type GraphNode,
  type GraphOptions,
  type PipelineGraph,
  pipelineGraph,
} from "./graph/pipeline-graph.ts";
export { heirsOf } from "./inheritance/heirs.ts";
export { inheritanceCode } from "./inheritance/inheritance-codes.ts";
export { type ListedOrigin, listOrigins } from "./inheritance/list-origins.ts";
export type { Origin, PipelineFile, Source } from "./inheritance/origin.ts";
export type { InputOf } from "./inheritance/override-stage.ts";
export { placeInFile } from "./inheritance/place-in-file.ts";
export {
  type ResolvedPipeline,
  type ResolveOptions,
  resolvePipeline,
} from "./inheritance/resolve-pipeline.ts";
export { type Inheriting, inheritingOf, withParent } from "./inheritance/with-parent.ts";
export { declaresNothing } from "./json/declares-nothing.ts";
export { isJsonObject, type JsonMembers } from "./json/json-object.ts";
export { type JsonValue, nodeToJson } from "./json/node-to-json.ts";
export { readJson } from "./json/read-json.ts";
export { DEPTH_LIMIT } from "./json/read-value.ts";
export { type TextNode, textsIn } from "./json/texts-in.ts";
export type { JsonNode, JsonProperty, Located, Span } from "./json-node.ts";
export { laterStageFields } from "./later-fields.ts";
export { type LineIndex, lineIndex, type Position } from "./line-index.ts";
export { catchNames, loopNames } from "./local-names.ts";
export { mostLegs } from "./matrix/expand-matrix.ts";
export { hasMatrix, readStrategy, strategyFault, strategyFields } from "./matrix/strategy.ts";
export type {
  Dialect,
  DocumentTree,
  Field,
  ModelSettings,
  Pipeline,
  PipelineDocument,
  RetryPolicy,
  Stage,
  StageArm,
  StageIdentities,
} from "./model.ts";
export type { Fix, Problem, RelatedPlace, Severity } from "./problem.ts";
export { type Annotations, type CanvasGroup, type CanvasNote, readAnnotations } from "./read-annotations.ts";
export { readingCode } from "./reading-codes.ts";
export { type CanonicalPipeline, pipelineJsonSchema, pipelineSchema } from "./schema/pipeline-schema.ts";
export { PROVIDER_NAMES } from "./schema/provider-names.ts";
export { type Budget, budgetOver, noBudget } from "./settings/budget.ts";
export { type PipelineSettings, pipelineSettings } from "./settings/pipeline-settings.ts";
export {
  type CacheFault,
  type CacheScope,
  cacheFields,
  isForTools,
  type ReadCache,
  readCache,
} from "./settings/stage-cache.ts";
export { triggerRules } from "./stage/allowed-values.ts";
export { parseComponentType } from "./stage/component-type.ts";
export { fieldNamed } from "./stage/field-reader.ts";
export { readApproval, type WrittenApproval } from "./stage/read-approval.ts";
export { ARM_KEYS, armAt } from "./stage/read-arms.ts";
export { type DeclaredSecret, readSecrets, type WrittenSecrets } from "./stage/read-secrets.ts";
export { isCoordinate } from "./stage/read-stage.ts";
export { parseDuration } from "./stage/read-timeout.ts";
export { spanInString, unitsBefore } from "./string-offsets.ts";
export { applyTextEdits, type TextEdit } from "./text-edit.ts";
