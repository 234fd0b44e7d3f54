import { stageById } from "../document/locate.ts";
import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { joinWithParent } from "./join-with-parent.ts";
import { fileSource, type Source } from "./origin.ts";

/** How a stage of a pipeline that extends another stands to that one. */
export type Inheriting =
  /** It is the pipeline's own, and the parent has none of its id. */
  | "own"
  /** It is as the parent has it. */
  | "inherited"
  /** An entry of `overrides` changes it, or switches it off. */
  | "overridden"
  /** The pipeline has a stage of the same id, which takes the parent's place as a whole. */
  | "replaced";

/**
 * A pipeline with the stages of its parent, to be looked at and edited: one that it switches off is there, with `enabled:
 * false`, and what it is composed of is no stage. `parent` is joined with its own parents, as `resolvePipeline` gives
 * it. Parts of `previous`, the last document made of these, are reused.
 */
export function withParent(
  document: PipelineDocument,
  parent: PipelineDocument,
  previous?: PipelineDocument,
): PipelineDocument {
  const known = wholes.get(document);
  if (known?.parent === parent) return known.whole;
  let source = sources.get(parent);
  if (source === undefined) {
    source = fileSource({ path: null, document: parent });
    sources.set(parent, source);
  }
  const file = { path: null, document };
  const { document: whole } = joinWithParent(file, source, (_, key) => key, previous, "switched-off").source;
  wholes.set(document, { parent, whole });
  return whole;
}

/** What was made of each document last. */
const wholes = new WeakMap<
  PipelineDocument,
  { readonly parent: PipelineDocument; readonly whole: PipelineDocument }
>();

/** One for each parent, so that the stages that were written out of it are known again. */
const sources = new WeakMap<PipelineDocument, Source>();

/** How the stage of that id stands to the parent. */
export function inheritingOf(document: PipelineDocument, parent: PipelineDocument, id: string): Inheriting {
  const isParents = stageById(parent, id) !== undefined;
  if (stageById(document, id) !== undefined) return isParents ? "replaced" : "own";
  if (!isParents) return "own";
  // A stage inside one that is replaced or overridden is changed with it only where it is named itself.
  return fieldNamed(document.pipeline.overrides, id) === undefined ? "inherited" : "overridden";
}
