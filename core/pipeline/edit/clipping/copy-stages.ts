import type { CanvasPoint } from "../../canvas-edit.ts";
import { stageById } from "../../document/locate.ts";
import { isOwningArm } from "../../graph/owners.ts";
import { isJsonObject, type JsonMembers } from "../../json/json-object.ts";
import { type JsonValue, nodeToJson } from "../../json/node-to-json.ts";
import type { PipelineDocument, Stage } from "../../model.ts";

/**
 * Stages as a pipeline of their own, for the clipboard: `{ "stages": [...], "layout": {...} }`, with ids, places and
 * colours as they are here; `places` counts before the places in the file. What a foreach or a trycatch owns comes with it. Ids that are no stages are left out.
 */
export function copyStages(
  document: PipelineDocument,
  ids: readonly string[],
  places: ReadonlyMap<string, CanvasPoint> = new Map(),
): JsonMembers {
  const copied = stagesToCopy(document, ids);
  const lines = new Map(document.pipeline.layout.map(({ key, value }) => [key, nodeToJson(value)]));
  for (const [id, { x, y }] of places) lines.set(id, { ...membersOf(lines.get(id)), x, y });
  const layout = Array.from(lines).flatMap(([key, value]): readonly (readonly [string, JsonValue])[] => {
    const stage = copied.find(({ id }) => key === id || key.startsWith(`${id}/`));
    return stage === undefined ? [] : [[localId(stage) + key.slice(stage.id.length), value]];
  });
  const stages = copied.map((stage): JsonMembers => {
    const fields = Object.entries(membersOf(nodeToJson(stage.node)));
    const kept = fields.filter(([key]) => key !== "id" && !(key === "position" && places.has(stage.id)));
    return Object.fromEntries([["id", localId(stage)], ...kept]);
  });
  return layout.length === 0 ? { stages } : { stages, layout: Object.fromEntries(layout) };
}

/** The stages asked for and those in their bodies, in file order; one that is written inside another comes with that. */
export function stagesToCopy(document: PipelineDocument, ids: readonly string[]): readonly Stage[] {
  const wanted = new Set<Stage>();
  const waiting = ids.flatMap((id) => stageById(document, id) ?? []);
  for (let stage = waiting.pop(); stage !== undefined; stage = waiting.pop()) {
    if (wanted.has(stage)) continue;
    wanted.add(stage);
    const owned = stage.arms.filter(({ arm }) => isOwningArm(arm)).flatMap(({ stages }) => stages);
    waiting.push(...owned.flatMap(({ value }) => stageById(document, value) ?? []));
  }
  const isInside = ({ nestedIn }: Stage): boolean => {
    for (let around = nestedIn; around !== null; ) {
      const owner = stageById(document, around);
      if (owner !== undefined && wanted.has(owner)) return true;
      around = owner?.nestedIn ?? null;
    }
    return false;
  };
  return document.pipeline.stages.filter((stage) => wanted.has(stage) && !isInside(stage));
}

/** The id without those of the stages around. */
export function localId({ id }: Stage): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

function membersOf(value: JsonValue | undefined): JsonMembers {
  return isJsonObject(value) ? value : {};
}
