import { expect } from "vitest";
import {
  type CanvasEdit,
  type JsonValue,
  nodeToJson,
  type PipelineDocument,
  pipelineGraph,
  readAnnotations,
  type Span,
  stageSpan,
  type TextEdit,
} from "#core/pipeline";

/** What is true of each gesture's edits, whatever it is: they leave sound text in the file's own line ends. */
export function checkText(
  before: PipelineDocument,
  gesture: CanvasEdit,
  edits: readonly TextEdit[],
  after: PipelineDocument,
): void {
  const eol = /\r\n/.test(before.text) ? /(?<!\r)\n/ : /\r/;
  if (/\n/.test(before.text)) expect(after.text).not.toMatch(eol);
  expect(after.broken, after.text).toBe(false);
  const old = new Set(errorsOf(before));
  // A value can be any, and so not what its field is for.
  if (gesture.kind !== "set-value") expect(errorsOf(after).filter((error) => !old.has(error))).toEqual([]);
  for (const { offset, length } of edits) {
    // VS Code would move the place.
    for (const place of [offset, offset + length])
      expect(before.text.slice(Math.max(place - 1, 0), place + 1)).not.toBe("\r\n");
  }
}

function errorsOf({ problems }: PipelineDocument): readonly string[] {
  return problems
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code} ${message}`);
}

/** What says the same as before is written as before, byte for byte: stages, other members, lines of `layout`. */
export function checkUntouched(before: PipelineDocument, after: PipelineDocument): void {
  const [was, is] = [writingsOf(before), writingsOf(after)];
  for (const [name, { says, text }] of was) {
    const now = is.get(name);
    if (now?.says === says && now.text !== text) expect(now.text, `${name} says what it said`).toBe(text);
  }
}

interface Writing {
  readonly says: string;
  readonly text: string;
}

function writingsOf(document: PipelineDocument): ReadonlyMap<string, Writing> {
  const { pipeline, text, tree } = document;
  const writings = new Map<string, Writing>();
  const add = (name: string, says: JsonValue, { start, end }: Span): void => {
    writings.set(name, { says: JSON.stringify(says), text: text.slice(start, end) });
  };
  for (const stage of pipeline.stages)
    add(`stage ${stage.id}`, nodeToJson(stage.node), stageSpan(document, stage));
  for (const { key, value, span } of tree.properties) {
    if (key !== "stages") add(key, nodeToJson(value), span);
    if (key === "layout" && value.kind === "object")
      for (const line of value.properties) add(`line ${line.key}`, nodeToJson(line.value), line.span);
  }
  return writings;
}

/** No names that mean nothing, no id twice and no circle that was not there. */
export function checkNames(before: PipelineDocument, after: PipelineDocument): void {
  const old = new Set(danglingNames(before));
  expect(danglingNames(after).filter((name) => !old.has(name))).toEqual([]);
  if (before.tree.identities.repeated.length === 0) expect(after.tree.identities.repeated).toEqual([]);
  if (pipelineGraph(before).cycles.length === 0) expect(pipelineGraph(after).cycles).toEqual([]);
}

function danglingNames({ pipeline, tree }: PipelineDocument): readonly string[] {
  if (pipeline.extends !== null) return [];
  const isThere = (id: string): boolean => tree.identities.byId.has(id);
  const places = pipeline.layout.map(({ key }) => key).filter((key) => !key.startsWith("$"));
  return [
    ...pipeline.stages.flatMap(({ dependsOn, arms }) => [
      ...dependsOn.map(({ value }) => value),
      ...arms.flatMap(({ stages }) => stages.map(({ value }) => value)),
    ]),
    ...(pipeline.outputStage === null ? [] : [pipeline.outputStage.value]),
    ...places,
    ...readAnnotations(pipeline).groups.flatMap(({ stages }) => stages),
  ].filter((id) => !isThere(id));
}
