import { stageById, unitStart } from "../document/locate.ts";
import type { JsonMembers } from "../json/json-object.ts";
import type { JsonNode, Span } from "../json-node.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { newArmPath } from "./arm-path.ts";
import { type ObjectPlace, replaceSpan, setProperty } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { type ElementList, elementsOf, elementsOfStages } from "./element-list.ts";
import { whyNoArm } from "./enter-arm.ts";
import { spansLines, valueFormOf } from "./file-habits.ts";
import { type Insertion, insertElements } from "./insert-elements.ts";
import { setValue } from "./set-value.ts";
import { indentAt } from "./surroundings.ts";
import { inlineForm, type ValueForm, writeJson } from "./write-json.ts";
import { writeProperty } from "./writing-style.ts";

/** Where a stage is written: among those of the file, or inside another (map dialect). */
export type StageHome =
  | { readonly kind: "file"; readonly after: string | null }
  /** In the body that an arm of `owner` holds. */
  | { readonly kind: "body"; readonly owner: string; readonly arm: string; readonly after: string | null };

/** Writes a stage at its place: in a list with its `id`, in the map dialect under it. `after` is an id, null: at the end. */
export function insertStage(
  document: PipelineDocument,
  home: StageHome,
  id: string,
  fields: JsonMembers,
): EditResult {
  return insertAt(document, home, [{ id, fields, text: null }]);
}

/** Writes stages at one place, one behind the other, in one edit of the list they come to be in. */
export function insertStages(
  document: PipelineDocument,
  home: StageHome,
  stages: readonly { readonly id: string; readonly fields: JsonMembers }[],
): EditResult {
  return insertAt(
    document,
    home,
    stages.map((stage) => ({ ...stage, text: null })),
  );
}

/**
 * Writes a stage as it is written elsewhere: `text` gives its object for the indentation of its first line, with the
 * `id` in it where stages are in a list.
 */
export function insertWrittenStage(
  document: PipelineDocument,
  home: StageHome,
  id: string,
  text: (indent: string) => string,
): EditResult {
  return insertAt(document, home, [{ id, fields: {}, text }]);
}

interface NewStage {
  readonly id: string;
  readonly fields: JsonMembers;
  readonly text: ((indent: string) => string) | null;
}

function insertAt(document: PipelineDocument, home: StageHome, stages: readonly NewStage[]): EditResult {
  switch (home.kind) {
    case "file":
      return insertInFile(document, home.after, stages);
    case "body": {
      const owner = stageById(document, home.owner);
      const body = owner === undefined ? undefined : bodyOf(owner, home.arm);
      if (owner === undefined) return refuse(`There is no stage "${home.owner}" in this file.`);
      if (body === undefined) return addBody(document, owner, home.arm, membersOf(stages));
      const list = elementsOf(body, unitStart(document, owner));
      const index = body.properties.findLastIndex(({ key }) => `${home.owner}/${key}` === home.after);
      return insertInto(document, list, index < 0 ? list.elements.length - 1 : index, stages, "map");
    }
  }
}

/** A name is a key, whatever it is. */
function membersOf(stages: readonly NewStage[]): JsonMembers {
  return Object.fromEntries(stages.map(({ id, fields }) => [id, fields]));
}

/** Where a stage is to be written that comes after another. */
export function homeBeside(document: PipelineDocument, stage: Stage): StageHome {
  const owner = stage.nestedIn === null ? undefined : stageById(document, stage.nestedIn);
  const arm = owner?.arms.find(({ stages }) => stages.some(({ value }) => value === stage.id))?.arm;
  if (owner === undefined || arm === undefined) return { kind: "file", after: stage.id };
  return { kind: "body", owner: owner.id, arm, after: stage.id };
}

/** The id that a stage has which is written at a home by that name. */
export function idAt(home: StageHome, name: string): string {
  return home.kind === "body" ? `${home.owner}/${name}` : name;
}

/** The object that an arm's stages are written in; undefined where the arm is a list of ids. */
export function bodyOf(owner: Stage, arm: string): Extract<JsonNode, { kind: "object" }> | undefined {
  const value = armFields(owner).find((each) => each.arm === arm)?.field.value;
  return value?.kind === "object" ? value : undefined;
}

function addBody(document: PipelineDocument, owner: Stage, arm: string, stages: JsonMembers): EditResult {
  const path = newArmPath(owner, arm, "map");
  return path === null
    ? refuse(whyNoArm(owner, arm))
    : setValue(document, owner.id, path, stages, valueFormOf(document));
}

function insertInFile(
  document: PipelineDocument,
  after: string | null,
  stages: readonly NewStage[],
): EditResult {
  const { tree } = document;
  const list = elementsOfStages(document);
  if (list === undefined) {
    return addStages(
      document,
      stages.map(({ id, fields }) => ({ id, ...fields })),
    );
  }
  const index = after === null ? -1 : tree.units.findIndex(({ stages: [top] }) => top?.id === after);
  const dialect = tree.container?.kind ?? "list";
  return insertInto(document, list, index < 0 ? list.elements.length - 1 : index, stages, dialect);
}

function insertInto(
  document: PipelineDocument,
  list: ElementList,
  after: number,
  stages: readonly NewStage[],
  dialect: "list" | "map",
): EditResult {
  const form = valueFormOf(document);
  const ownForm = formLike(document.text, list.elements[after] ?? list.elements[0], form);
  const insertions = stages.map(({ id, fields, text }): Insertion => {
    const write = (indent: string): string => {
      const value =
        text?.(indent) ?? writeJson(dialect === "list" ? { id, ...fields } : fields, ownForm, indent);
      return dialect === "list" ? value : writeProperty(form.style, id, value);
    };
    return { after, write };
  });
  return done(insertElements(document.text, list, insertions, form.style, form.objects));
}

/** A stage beside one that is written in one line is written in one line. */
function formLike(text: string, neighbour: Span | undefined, form: ValueForm): ValueForm {
  return neighbour === undefined || spansLines(text, neighbour) ? form : inlineForm(form.style);
}

/** What comes after the stages of a pipeline. */
const AFTER_STAGES = ["output_stage_id", "output_stage", "output_config", "layout"];

/** The list of stages, in a file that has none yet. */
function addStages(document: PipelineDocument, stages: readonly JsonMembers[]): EditResult {
  const { tree, text } = document;
  const root = rootPlace(document);
  if (root === null) return refuse("The file holds no pipeline.");
  const form = valueFormOf(document);
  const existing = fieldNamed(tree.properties, "stages")?.value;
  if (existing !== undefined && existing.kind !== "null") {
    return refuse('"stages" must be a list of stages in [ ]. Mend it in the text first.');
  }
  if (existing !== undefined) {
    const indent = indentAt(text, existing.span.start);
    return done([replaceSpan(existing.span, 0, writeJson(stages, form, indent))]);
  }
  const write = (indent: string): string => writeJson(stages, form, indent);
  return done(setProperty(text, root, "stages", write, form.style, { before: AFTER_STAGES }));
}

/** The top-level object as one that properties can be set in. */
function rootPlace({ tree }: PipelineDocument): ObjectPlace | null {
  if (tree.root === null) return null;
  return { node: { kind: "object", span: tree.root, properties: tree.properties }, base: 0 };
}
