import { isTemplate, type Reference } from "#core/expressions";
import { stageNames } from "../../canonical/stage-names.ts";
import { unitStart } from "../../document/locate.ts";
import { expressionRoots } from "../../expression-roots.ts";
import { builtInDeferredFields } from "../../graph/deferred-fields.ts";
import { evaluatedTexts } from "../../graph/evaluated-texts.ts";
import { type TextNode, textsIn } from "../../json/texts-in.ts";
import type { JsonNode } from "../../json-node.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { spanInString } from "../../string-offsets.ts";
import type { TextEdit } from "../../text-edit.ts";

/** A text of a document that is evaluated, and what the names in it mean. */
export interface EvaluatedPlace {
  readonly node: TextNode;
  /** What the spans of `node` count from. */
  readonly base: number;
  readonly kind: "template" | "expression";
  /** The stage it is in; null outside of all. */
  readonly stage: Stage | null;
  /**
   * The id that a reference names, and how many steps of its path that takes; a name that means no stage of the file
   * may be one of the parent's, and is its own id. Null for what can be no stage.
   */
  readonly idNamed: (reference: Reference) => { readonly id: string; readonly steps: 0 | 1 } | null;
  /** Names that only this text has in sight. */
  readonly own: ReadonlySet<string>;
  /** Whether a bare name means something else here than a stage. */
  readonly hides: (name: string) => boolean;
}

/** Every text of a document that is evaluated: those of its stages, and those of overrides, compositions and delivery. */
export function evaluatedPlaces(document: PipelineDocument): readonly EvaluatedPlace[] {
  const names = stageNames(document);
  const places: EvaluatedPlace[] = [];
  const add = (
    node: TextNode,
    base: number,
    kind: EvaluatedPlace["kind"],
    stage: Stage | null,
    own: ReadonlySet<string>,
    variables: ReadonlySet<string>,
  ): void => {
    if (kind === "template" && !isTemplate(node.value)) return;
    const local = new Set([...own, ...variables]);
    const idNamed: EvaluatedPlace["idNamed"] = (reference) => {
      const isQualified = reference.root === "upstream" || reference.root === "stages";
      const name = isQualified ? reference.path[0] : reference.root;
      if (typeof name !== "string" || local.has(reference.root)) return null;
      if (!isQualified && expressionRoots.has(name)) return null;
      const named = stage === null ? undefined : names.find(name, stage);
      return { id: named?.id ?? name, steps: isQualified ? 1 : 0 };
    };
    places.push({
      node,
      base,
      kind,
      stage,
      idNamed,
      own,
      hides: (name) => local.has(name) || expressionRoots.has(name),
    });
  };
  for (const stage of document.pipeline.stages) {
    const base = unitStart(document, stage);
    const variables = names.variablesOf(stage);
    for (const { node, field } of evaluatedTexts(stage, builtInDeferredFields)) {
      add(node, base, field.kind, stage, new Set(field.names), variables);
    }
  }
  for (const { key, value } of document.pipeline.fields) {
    if (!OUTSIDE.has(key)) continue;
    for (const { node, kind } of textsOutside(value)) add(node, 0, kind, null, NONE, NONE);
  }
  return places;
}

/** Edits of a text's value as edits of the document, so that every escape around them stays as it is. */
export function editsInText(
  { text }: PipelineDocument,
  { node, base }: Pick<EvaluatedPlace, "node" | "base">,
  edits: readonly TextEdit[],
): readonly TextEdit[] {
  const start = node.span.start + base;
  const literal = text.slice(start, node.span.end + base);
  return edits.map(({ offset, length, text: written }) => {
    const span = spanInString(literal, { start: offset, end: offset + length });
    return {
      offset: start + span.start,
      length: span.end - span.start,
      text: JSON.stringify(written).slice(1, -1),
    };
  });
}

const NONE: ReadonlySet<string> = new Set();

/** Top-level fields whose texts may name stages. */
const OUTSIDE: ReadonlySet<string> = new Set(["overrides", "compositions", "output_config"]);

/** In them, fields that hold a bare expression. */
const CONDITIONS: ReadonlySet<string> = new Set(["when", "skip_if"]);

function* textsOutside(
  node: JsonNode,
): Iterable<{ readonly node: TextNode; readonly kind: EvaluatedPlace["kind"] }> {
  if (node.kind === "object") {
    for (const { key, value } of node.properties) {
      if (CONDITIONS.has(key) && value.kind === "string") yield { node: value, kind: "expression" };
      else yield* textsOutside(value);
    }
  } else if (node.kind === "array") {
    for (const item of node.items) yield* textsOutside(item);
  } else {
    for (const text of textsIn(node)) yield { node: text, kind: "template" };
  }
}
