import { armAt, isOwningArm } from "#core/pipeline";
import type { PipelineContent, StageContent } from "../content/content.ts";
import { componentOf } from "../match/stage-features.ts";
import type { mentionsOf } from "./mentions.ts";
import { idsOf, type Wait, waitsOf } from "./waits.ts";

/** That a stage waits for another, and the wait that makes it so: its own, or that of a stage in its body. */
export interface Reach {
  readonly waiting: string;
  readonly awaited: string;
  readonly wait: Wait;
}

/**
 * All waits of a pipeline, and what they come to outside of bodies: a stage has not ended before what its body waits for,
 * and who waits for what is in a body waits for the stage that it is the body of.
 */
export function reachesOf(content: PipelineContent, named: typeof mentionsOf): readonly Reach[] {
  const ids = idsOf(content);
  const waits = content.stages.flatMap((stage) => waitsOf(stage, ids, named));
  const around = bodiesAround(content, waits);
  return waits.flatMap((wait): readonly Reach[] => {
    const { waiting, awaited } = wait;
    const own: Reach = { waiting, awaited, wait };
    if (!around.has(waiting) && !around.has(awaited)) return [own];
    const [from, to] = [pathTo(around, waiting), pathTo(around, awaited)];
    let depth = 0;
    while (depth < from.length && depth < to.length && from[depth] === to[depth]) depth++;
    const [outer, other] = [from[depth], to[depth]];
    if (outer === undefined || other === undefined || (outer === waiting && other === awaited)) return [own];
    return [own, { waiting: outer, awaited: other, wait }];
  });
}

/** For each stage in a body the stage that it is the body of; what a stage in a body enables is in that body too. */
function bodiesAround(content: PipelineContent, waits: readonly Wait[]): ReadonlyMap<string, string> {
  const stages = new Map(content.stages.map((stage) => [stage.key, stage]));
  const around = new Map<string, string>();
  const enabled = new Map<string, string[]>();
  const put = (member: string, owner: StageContent, path: readonly string[]): void => {
    const arm = armAt(componentOf(owner), path);
    const id = owner.id ?? owner.key;
    if (arm === null || member === id) return;
    if (isOwningArm(arm)) {
      if (!around.has(member)) around.set(member, id);
      return;
    }
    const members = enabled.get(id);
    if (members === undefined) enabled.set(id, [member]);
    else members.push(member);
  };
  for (const { owner, waiting, mention } of waits) {
    const stage = mention.kind === "arm" ? stages.get(owner) : undefined;
    if (stage !== undefined) put(waiting, stage, mention.path);
  }
  for (const { id, key, place } of content.stages) {
    const owner = place === null ? undefined : stages.get(place.owner);
    if (owner !== undefined && place !== null) put(id ?? key, owner, place.path);
  }
  const open = [...enabled.keys()].filter((id) => around.has(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const body = around.get(id);
    for (const member of enabled.get(id) ?? []) {
      if (body === undefined || around.has(member)) continue;
      around.set(member, body);
      if (enabled.has(member)) open.push(member);
    }
  }
  return around;
}

/** A stage behind all those whose bodies it is in, the outermost first. What is in its own body is in none. */
function pathTo(around: ReadonlyMap<string, string>, stage: string): readonly string[] {
  const path = [stage];
  for (let at = around.get(stage); at !== undefined; at = around.get(at)) {
    if (path.includes(at)) return [stage];
    path.unshift(at);
  }
  return path;
}
