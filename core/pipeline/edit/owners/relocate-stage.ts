import { stageById, unitStart } from "../../document/locate.ts";
import { isJsonObject } from "../../json/json-object.ts";
import { nodeToJson } from "../../json/node-to-json.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { localId } from "../clipping/copy-stages.ts";
import { removeProperties } from "../edit-properties.ts";
import { done, type EditResult, refuse } from "../edit-result.ts";
import { elementsOfStages } from "../element-list.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import {
  bodyOf,
  homeBeside,
  idAt,
  insertStage,
  insertWrittenStage,
  type StageHome,
} from "../insert-stage.ts";
import { reindented } from "../reindent.ts";
import { removeElements } from "../remove-elements.ts";
import { writingStyleOf } from "../writing-style.ts";

/** Writes a stage at another home, as it is written, with its lines of `layout`. What names it is the caller's to change. */
export function relocateStage(document: PipelineDocument, id: string, home: StageHome): EditResult {
  const stage = stageById(document, id);
  if (stage === undefined) return refuse(`There is no stage "${id}" in this file.`);
  const to = idAt(home, localId(stage));
  return inSteps(document, [
    (current) => removeWritten(current, id),
    writeAt(document, stage, home),
    (current) => renameLines(current, id, to),
  ]);
}

function writeAt(document: PipelineDocument, stage: Stage, home: StageHome): EditStep {
  const isProperty = document.tree.container?.kind === "map" || stage.nestedIn !== null;
  const toProperty = document.tree.container?.kind === "map" || home.kind === "body";
  const name = localId(stage);
  const fields = nodeToJson(stage.node);
  const members = isJsonObject(fields) ? Object.entries(fields).filter(([key]) => key !== "id") : [];
  const base = unitStart(document, stage);
  const [start, end] = [stage.node.span.start + base, stage.node.span.end + base];
  const { text } = document;
  return (current) => {
    const owner = home.kind === "body" ? stageById(current, home.owner) : undefined;
    // A body that is not there yet is written with the stage in it.
    const hasList = home.kind === "file" || (owner !== undefined && bodyOf(owner, home.arm) !== undefined);
    if (isProperty !== toProperty || !hasList)
      return insertStage(current, home, name, Object.fromEntries(members));
    return insertWrittenStage(current, home, name, (indent) =>
      reindented(text, start, text.slice(start, end), indent, writingStyleOf(current).eol),
    );
  };
}

function removeWritten(document: PipelineDocument, id: string): EditResult {
  const stage = stageById(document, id);
  if (stage === undefined) return refuse(`There is no stage "${id}" in this file.`);
  const home = homeBeside(document, stage);
  if (home.kind === "file") {
    const list = elementsOfStages(document);
    const index = document.tree.units.findIndex(({ stages: [top] }) => top === stage);
    return done(list === undefined ? [] : removeElements(document.text, list, new Set([index])));
  }
  const owner = stageById(document, home.owner);
  const body = owner === undefined ? undefined : bodyOf(owner, home.arm);
  if (owner === undefined || body === undefined) return done([]);
  const place = { node: body, base: unitStart(document, owner) };
  return done(removeProperties(document.text, place, ({ key }) => `${owner.id}/${key}` === id));
}

function renameLines(document: PipelineDocument, from: string, to: string): EditResult {
  return done(
    document.pipeline.layout.flatMap(({ key, keySpan: { start, end } }) => {
      if (key !== from && !key.startsWith(`${from}/`)) return [];
      return [{ offset: start, length: end - start, text: JSON.stringify(to + key.slice(from.length)) }];
    }),
  );
}
