import { isJsonObject, type JsonMembers, type JsonValue } from "#core/pipeline";
import type { PipelineContent, StageContent } from "../content/content.ts";
import { placeText } from "../content/content.ts";
import { contentToJson } from "../content/content-to-json.ts";
import { readText } from "../content/read-text.ts";
import { rekeyContent } from "../match/align.ts";
import { renameInText } from "../match/rename-text.ts";
import type { Change, PipelineDiff, ValueChanged } from "./change.ts";

/** The pipeline that a diff leads to from the one that it was made from. Throws where it was made from another. */
export function applyDiff(before: string, { changes, keys }: PipelineDiff): JsonValue {
  const old = readText(before);
  if (!old.ok) throw new Error(`The text that the diff is of is no pipeline: ${old.message}`);
  const ids = new Map(
    changes.flatMap((change) =>
      change.kind === "stage-renamed"
        ? [[change.from, change.stage.slice(change.stage.lastIndexOf("/") + 1)]]
        : [],
    ),
  );
  const renamed = renameInText(before, ids);
  const read = renamed === null ? null : readText(renamed);
  if (read?.ok !== true)
    throw new Error("The diff renames stages that this text cannot have other names for.");
  return contentToJson(applyChanges(rekeyContent(old.pipeline.content, read.pipeline.content, keys), changes))
    .json;
}

function applyChanges(content: PipelineContent, changes: readonly Change[]): PipelineContent {
  let { container } = content;
  let fields: JsonMembers = content.fields;
  const stages = new Map(content.stages.map((stage) => [stage.key, stage]));
  /** Stages that are put behind another once all others are in place, in their order afterwards. */
  const placed: { readonly key: string; readonly after: string | null }[] = [];
  for (const change of changes) {
    switch (change.kind) {
      case "container-changed":
        container = change.after;
        break;
      case "stage-renamed":
      case "branch-moved":
        break;
      case "stage-removed":
        stages.delete(change.stage);
        break;
      case "stage-added": {
        const { stage: key, id, place, value } = change;
        stages.set(key, { key, id, place, value });
        placed.push({ key, after: change.after });
        break;
      }
      case "stage-relocated":
        stages.set(change.stage, { ...stageOf(stages, change.stage), place: change.to });
        placed.push({ key: change.stage, after: change.after });
        break;
      case "stage-reordered":
        placed.push({ key: change.stage, after: change.after });
        break;
      case "value-changed":
        if (change.stage === null) {
          fields = asMembers(withValue(fields, change.path, change));
        } else {
          const stage = stageOf(stages, change.stage);
          const value = withValue(stage.value, change.path, change);
          stages.set(change.stage, { ...stage, value: value ?? null });
        }
        break;
    }
  }
  return { container, fields, stages: inOrder(content.stages, stages, placed) };
}

function inOrder(
  before: readonly StageContent[],
  stages: ReadonlyMap<string, StageContent>,
  placed: readonly { readonly key: string; readonly after: string | null }[],
): readonly StageContent[] {
  const moving = new Set(placed.map(({ key }) => key));
  /** Each list as links from a stage to the next; the beginning of a body by its place. */
  const next = new Map<string, string | null>();
  const last = new Map<string, string>();
  for (const { key } of before) {
    const stage = stages.get(key);
    if (stage === undefined || moving.has(key)) continue;
    const head = headOf(stage);
    next.set(last.get(head) ?? head, key);
    last.set(head, key);
  }
  for (const { key, after } of placed) {
    const anchor = after ?? headOf(stageOf(stages, key));
    next.set(key, next.get(anchor) ?? null);
    next.set(anchor, key);
  }
  const ordered: StageContent[] = [];
  for (const head of next.keys()) {
    if (!head.startsWith(HEAD)) continue;
    for (let key = next.get(head) ?? null; key !== null; key = next.get(key) ?? null)
      ordered.push(stageOf(stages, key));
  }
  return ordered;
}

/** A value with what a change puts at a path of it, or without what it takes away. */
function withValue(value: JsonValue, path: readonly string[], change: ValueChanged): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return change.after;
  const object = asMembers(value);
  const inner = withValue(Object.hasOwn(object, key) ? (object[key] ?? null) : {}, rest, change);
  if (inner !== undefined) return { ...object, [key]: inner };
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function asMembers(value: JsonValue | undefined): JsonMembers {
  return isJsonObject(value) ? value : {};
}

function stageOf(stages: ReadonlyMap<string, StageContent>, key: string): StageContent {
  const stage = stages.get(key);
  if (stage === undefined)
    throw new Error(`The diff is of a pipeline with a stage "${key}", which this one has not.`);
  return stage;
}

const HEAD = "\u0000";

/** The beginning of a body, which no stage is called. */
function headOf({ place }: StageContent): string {
  return HEAD + placeText(place);
}
