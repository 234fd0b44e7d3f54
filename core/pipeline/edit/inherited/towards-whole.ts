import { stageById } from "../../document/locate.ts";
import { parsePipeline } from "../../document/parse-pipeline.ts";
import { inheritingOf, withParent } from "../../inheritance/with-parent.ts";
import { type JsonValue, nodeToJson } from "../../json/node-to-json.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { applyTextEdits } from "../../text-edit.ts";
import { type EditResult, refuse } from "../edit-result.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { sameJson } from "../same-json.ts";
import { setValue } from "../set-value.ts";
import { unsetValue } from "../unset-value.ts";
import { jsonDifference, own, type ValueChange } from "./json-difference.ts";

/**
 * The edits after which a pipeline with its parent's stages says of each what `wanted` says, a document of the same
 * stages: in its own stages, and for those of the parent in `overrides`, where what is the same as the parent's is
 * not said. Of the stage `added` only what it waits for counts. Refused where no override can say it.
 */
export function towardsWhole(
  document: PipelineDocument,
  parent: PipelineDocument,
  wanted: PipelineDocument,
  added: string | null,
): EditResult {
  const now = withParent(document, parent);
  const changed = changedStages(now, wanted, added);
  const result = inSteps(
    document,
    changed.flatMap(({ id, changes }) =>
      changes.map((change): EditStep => {
        const given = valueIn(stageById(parent, id));
        const isOwn = ["own", "replaced"].includes(inheritingOf(document, parent, id));
        return (current) =>
          isOwn ? writeOwn(current, id, change) : writeOverride(current, id, change, given);
      }),
    ),
  );
  if (!result.ok || result.edits.length === 0) return result;
  const after = parsePipeline(applyTextEdits(document.text, result.edits), document, result.edits);
  const [missed] = changedStages(withParent(after, parent), wanted, added);
  return missed === undefined ? result : refuse(whyNot(document, missed));
}

interface ChangedStage {
  readonly id: string;
  readonly changes: readonly ValueChange[];
}

/** Of stages inside each other the inner ones: what holds them changes with them. */
function changedStages(
  now: PipelineDocument,
  wanted: PipelineDocument,
  added: string | null,
): readonly ChangedStage[] {
  const all = wanted.pipeline.stages.flatMap((stage): readonly ChangedStage[] => {
    const { id } = stage;
    // What the edit left alone was not even read anew.
    if (stageById(now, id) === stage) return [];
    const after = valueIn(stage);
    const before = valueIn(stageById(now, id));
    const changes =
      id === added
        ? jsonDifference(own(before, WAITS), own(after, WAITS), [WAITS])
        : jsonDifference(before, after);
    return changes.length === 0 ? [] : [{ id, changes }];
  });
  return all.filter(({ id }) => !all.some((other) => other.id.startsWith(`${id}/`)));
}

const WAITS = "depends_on";

function valueIn(stage: Stage | undefined): JsonValue | undefined {
  return stage === undefined ? undefined : nodeToJson(stage.node);
}

function writeOwn(document: PipelineDocument, id: string, change: ValueChange): EditResult {
  switch (change.kind) {
    case "set":
      return setValue(document, id, change.path, change.value);
    case "unset":
      return unsetValue(document, id, change.path);
  }
}

function writeOverride(
  document: PipelineDocument,
  id: string,
  change: ValueChange,
  given: JsonValue | undefined,
): EditResult {
  const path = ["overrides", id, ...change.path];
  const parents = change.path.reduce(own, given);
  switch (change.kind) {
    case "set":
      return parents !== undefined && sameJson(parents, change.value)
        ? unsetValue(document, null, path)
        : setValue(document, null, path, change.value);
    case "unset":
      return unsetValue(document, null, path);
  }
}

function whyNot({ pipeline }: PipelineDocument, { id, changes: [change] }: ChangedStage): string {
  const what = change === undefined || change.path.length === 0 ? "this" : `"${change.path.join(".")}"`;
  return `The parent "${pipeline.extends?.value ?? ""}" gives "${id}" ${what}, and an override cannot take it away. Give it another value, or open its origin to change it for all that inherit it.`;
}
