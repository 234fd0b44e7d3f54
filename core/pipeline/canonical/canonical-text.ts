import { absoluteSpan } from "../document/locate.ts";
import { shiftSpan } from "../document/shift.ts";
import type { TextNode } from "../json/texts-in.ts";
import type { Span } from "../json-node.ts";
import type { Pipeline, PipelineDocument, Stage } from "../model.ts";
import type { Problem } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import { printDocument } from "../written/print-document.ts";
import { readRoot } from "../written/read-root.ts";
import { readTrivia } from "../written/read-trivia.ts";
import { nothingReplaced, readMembers, readWritten, withColon } from "../written/read-written.ts";
import {
  type Comment,
  member,
  noTrivia,
  scalar,
  type Trivia,
  type WrittenItem,
  type WrittenObject,
} from "../written/written-json.ts";
import { pipelineAliases } from "./aliases.ts";
import { canonicalLayout, type MovedPosition } from "./canonical-layout.ts";
import { canonicalStage } from "./canonical-stage.ts";
import { flatIds } from "./flat-ids.ts";
import { refusal } from "./refusal.ts";
import type { Renaming } from "./rewrite-references.ts";
import { stageNames } from "./stage-names.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** A text in canonical form, or the reason why there is none. */
export type CanonicalText =
  | {
      readonly ok: true;
      readonly text: string;
      /** Stages with a new id: the path that was their id, and the id. */
      readonly renamed: ReadonlyMap<string, string>;
      /** What the author has to know or to look at; a sentence each. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Writes a pipeline of any dialect, or of several at once, in canonical form (design, "The pipeline file"): a run of it
 * does the same, no key and no comment is lost, and the order of stages and keys stays. What is in canonical form stays
 * as it is. Refused where the text has errors, with the first.
 */
export function canonicalText(document: PipelineDocument, vocabulary: Vocabulary): CanonicalText {
  const problem = refusal(document);
  if (problem !== null) return { ok: false, problem };
  const { pipeline } = document;
  const ids = flatIds(pipeline.stages);
  const names = stageNames(document);
  const renaming: Renaming = { document, names, vocabulary, ids };
  const stages = canonicalStages(renaming);
  if (stages.problem !== null) return { ok: false, problem: stages.problem };
  const renamed = new Map([...ids].filter(([path, id]) => path !== id));
  const text = printDocument(document, canonicalRoot(document, ids, stages));
  return { ok: true, text, renamed, notes: [...renameNotes(renamed), ...stages.notes] };
}

interface CanonicalStages {
  readonly items: readonly WrittenItem[];
  readonly end: readonly Comment[];
  readonly positions: readonly MovedPosition[];
  readonly notes: readonly string[];
  readonly problem: Problem | null;
}

function canonicalStages(renaming: Renaming): CanonicalStages {
  const { document, ids } = renaming;
  const around = unitTrivia(document);
  const trivia = new Map<string, Trivia>(around.each);
  const items: WrittenItem[] = [];
  const positions: MovedPosition[] = [];
  const notes: string[] = [];
  let problem: Problem | null = null;
  for (const stage of document.pipeline.stages) {
    const own = trivia.get(stage.id) ?? noTrivia;
    const { element, nested, position, lost, wholes } = canonicalStage(stage, own, renaming);
    for (const [id, each] of nested) trivia.set(id, each);
    items.push(element);
    const id = ids.get(stage.id) ?? stage.id;
    if (position !== null) positions.push({ id, position });
    for (const conditional of wholes) {
      notes.push(
        `Stage "${id}" takes the whole output of the conditional "${conditional}", whose branch_taken is text now and was true or false.`,
      );
    }
    const [text] = lost;
    if (text !== undefined) problem ??= unkept(document, stage, text);
  }
  return { items, end: around.end, positions, notes, problem };
}

function unkept(document: PipelineDocument, stage: Stage, { value, span }: TextNode): Problem {
  return {
    code: readingCode.conflictingFields,
    severity: "error",
    message: `This names a stage that gets another id in canonical form, in a way that cannot be rewritten: ${value}. Write the name as stages.<id>.`,
    span: absoluteSpan(document, stage, span),
    stage: stage.id,
  };
}

/** What stands around each stage of the list or object of stages, by the stage's id. */
function unitTrivia({ text, tree }: PipelineDocument): {
  readonly each: readonly (readonly [string, Trivia])[];
  readonly end: readonly Comment[];
} {
  if (tree.container === null) return { each: [], end: [] };
  const spans = tree.units.map(({ length }, index): Span => {
    const start = tree.starts[index] ?? 0;
    return { start, end: start + length };
  });
  const { each, end } = readTrivia(text, tree.container.property.value.span, spans);
  const named = tree.units.flatMap(({ stages, property }, index) => {
    const own = each[index] ?? noTrivia;
    const start = tree.starts[index] ?? 0;
    const id = stages[0]?.id;
    if (id === undefined) return [];
    if (property === null) return [[id, own] as const];
    const { keySpan, value } = property;
    return [[id, withColon(text, own, shiftSpan(keySpan, start), shiftSpan(value.span, start))] as const];
  });
  return { each: named, end };
}

function canonicalRoot(
  document: PipelineDocument,
  ids: ReadonlyMap<string, string>,
  { items, end, positions }: CanonicalStages,
): ReturnType<typeof readRoot> {
  const { text, tree, pipeline } = document;
  const outputNode = fieldNamed(pipeline.fields, "output_stage_id", "output_stage")?.value;
  const source = { text, replaced: nothingReplaced };
  const root = readRoot(document, (property) => {
    const { key, value: node } = property;
    if (property === tree.container?.property) {
      const layout = items.length + end.length > 0 ? "lines" : "line";
      return { key, value: { kind: "list", layout, items, end } };
    }
    if (key === "layout" && node.kind === "object") {
      const layout: WrittenObject = {
        kind: "object",
        layout: "lines",
        ...readMembers({ text, replaced: groupNames(pipeline, ids) }, node, 0),
      };
      return { key, value: canonicalLayout(layout, positions, ids) };
    }
    const alias = pipelineAliases.get(key);
    const name = alias === undefined || fieldNamed(pipeline.fields, alias) !== undefined ? key : alias;
    const outputStage = node === outputNode && node.kind === "string" ? ids.get(node.value) : undefined;
    const isRenamed = outputStage !== undefined && node.kind === "string" && outputStage !== node.value;
    return { key: name, value: isRenamed ? scalar(outputStage) : readWritten(source, node, 0) };
  });
  if (positions.length === 0 || root.members.some(({ key }) => key === "layout")) return root;
  const layout = canonicalLayout({ kind: "object", layout: "lines", members: [], end: [] }, positions, ids);
  return { ...root, members: [...root.members, member("layout", layout)] };
}

/** The names of stages in groups of the canvas that get another id, as literals by the offset of the old ones. */
function groupNames({ layout }: Pipeline, ids: ReadonlyMap<string, string>): ReadonlyMap<number, string> {
  const replaced = new Map<number, string>();
  for (const { key, value } of layout) {
    const stages = key.startsWith("$group:") ? fieldNamed(fieldsOf(value), "stages")?.value : undefined;
    for (const item of stages?.kind === "array" ? stages.items : []) {
      const id = item.kind === "string" ? ids.get(item.value) : undefined;
      if (id !== undefined) replaced.set(item.span.start, JSON.stringify(id));
    }
  }
  return replaced;
}

function renameNotes(renamed: ReadonlyMap<string, string>): readonly string[] {
  if (renamed.size === 0) return [];
  const pairs = Array.from(renamed, ([path, id]) => `${path} is ${id}`).join(", ");
  return [`Stages that were written inside others have ids of their own now: ${pairs}.`];
}
