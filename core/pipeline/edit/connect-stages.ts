import { stageById, unitStart } from "../document/locate.ts";
import { pipelineGraph } from "../graph/pipeline-graph.ts";
import { waitingPath } from "../graph/waiting-path.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { replaceSpan, setProperty } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { elementsOf } from "./element-list.ts";
import { writesListsInLines } from "./file-habits.ts";
import { insertElements } from "./insert-elements.ts";
import { beginsLine } from "./surroundings.ts";
import { writingStyleOf } from "./writing-style.ts";

/** Makes `to` depend on `from` by writing it into `depends_on`, in the way this file writes such lists. */
export function connectStages(document: PipelineDocument, from: string, to: string): EditResult {
  const source = stageById(document, from);
  const target = stageById(document, to);
  if (source === undefined) return refuse(`There is no stage "${from}" in this file.`);
  if (target?.node.kind !== "object") return refuse(`There is no stage "${to}" in this file.`);
  const reason = whyNot(document, source, target);
  if (reason !== null) return refuse(reason);
  const id = JSON.stringify(writtenId(source, target));
  const { text } = document;
  const style = writingStyleOf(document);
  const base = unitStart(document, target);
  const existing = fieldNamed(target.fields, "depends_on")?.value;
  if (existing?.kind === "array") {
    const whenEmpty = writesListsInLines(document, style) ? "lines" : "inline";
    const insertion = { after: existing.items.length - 1, write: () => id };
    return done(insertElements(text, elementsOf(existing, base), [insertion], style, whenEmpty));
  }
  if (existing !== undefined) {
    if (existing.kind !== "null" && existing.kind !== "string") {
      return refuse(`"depends_on" of "${to}" must be a list of ids. Mend it in the text first.`);
    }
    const before = existing.kind === "string" ? `${JSON.stringify(existing.value)},${style.gap}` : "";
    return done([replaceSpan(existing.span, base, `[${before}${id}]`)]);
  }
  const inLines = style.lines && beginsLine(text, base + (target.node.properties[0]?.span.start ?? 0));
  const write = (indent: string): string =>
    inLines && writesListsInLines(document, style)
      ? `[${style.eol}${indent}${style.indent}${id}${style.eol}${indent}]`
      : `[${id}]`;
  const places = { after: neighboursOfDependsOn(document), before: ["position"] };
  return done(setProperty(text, { node: target.node, base }, "depends_on", write, style, places));
}

function whyNot(document: PipelineDocument, source: Stage, target: Stage): string | null {
  const from = source.id;
  const to = target.id;
  if (from === to) return "A stage cannot depend on itself.";
  if (target.dependsOn.some(({ value }) => value === from)) return `"${to}" depends on "${from}" already.`;
  if (to.startsWith(`${from}/`)) return `"${to}" runs inside "${from}" already.`;
  if (source.nestedIn !== null && !isInBody(target, source.nestedIn)) {
    return `"${from}" runs inside "${source.nestedIn}". Connect "${to}" to "${source.nestedIn}" instead.`;
  }
  const hiding = stageHiding(document, source, target);
  if (hiding !== null) {
    return `In "${to}", the name "${writtenId(source, target)}" means "${hiding.id}". Rename one of them in the text first.`;
  }
  const cycle = waitingPath(pipelineGraph(document), to, from);
  if (cycle === null) return null;
  return `This would close a circle: ${[...cycle, to].map((id) => `"${id}"`).join(" → ")}.`;
}

/** The stage that the source's written name would mean instead, because it is nearer to the target. */
function stageHiding(document: PipelineDocument, source: Stage, target: Stage): Stage | null {
  const name = writtenId(source, target);
  let body = target.nestedIn;
  while (body !== null && body !== source.nestedIn) {
    const nearer = stageById(document, `${body}/${name}`);
    if (nearer !== undefined) return nearer;
    body = stageById(document, body)?.nestedIn ?? null;
  }
  return null;
}

/** Whether a stage is written inside another, however far. */
export function isInBody(stage: Stage, owner: string): boolean {
  return stage.nestedIn === owner || stage.nestedIn?.startsWith(`${owner}/`) === true;
}

/** How `target` names `source`: a stage of the same body, or of one around it, is written by its own name. */
export function writtenId(source: Stage, target: Stage): string {
  const { nestedIn, id } = source;
  return nestedIn !== null && isInBody(target, nestedIn) ? id.slice(nestedIn.length + 1) : id;
}

/** The key that stands before `depends_on` in the first stage that has both. */
function neighboursOfDependsOn({ pipeline }: PipelineDocument): readonly string[] {
  for (const { fields } of pipeline.stages) {
    const index = fields.findIndex(({ key }) => key === "depends_on");
    const before = fields[index - 1];
    if (before !== undefined) return [before.key];
  }
  return [];
}
