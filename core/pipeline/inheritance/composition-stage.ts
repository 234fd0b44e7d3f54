import {
  type Content,
  itemsOf,
  type Member,
  memberNamed,
  membersOf,
  type Spot,
  scalar,
  spotIn,
  textOf,
} from "./content.ts";
import { overlay } from "./overlay.ts";
import type { TopStage } from "./top-stages.ts";

/** An entry of `compositions`: `{ id, pipeline, input_mapping, output_mapping, depends_on }` (facts, section 1.1). */
export interface Composition {
  readonly content: Content;
  readonly members: readonly Member[];
  readonly id: string | null;
  readonly pipeline: string | null;
  readonly outputs: readonly MappedOutput[];
  readonly dependsOn: readonly Content[];
}

/** An entry of `output_mapping`: a name of the composition's output, and what of the called pipeline's output it is. */
export interface MappedOutput {
  readonly member: Member;
  /** The template that gives it; null where the value is no path and no template. */
  readonly template: string | null;
}

/** A path into the called pipeline's output: `summary.text`, `items[0].id`, with or without a `$.` before it. */
const PATH = /^(?:\$\.?)?((?:[A-Za-z_][\w-]*|\[\d+\])(?:\.[A-Za-z_][\w-]*|\[-?\d+\])*)?$/;

/** Reads an entry; what is missing is null, and told by its problems. */
export function readComposition(content: Content): Composition {
  const members = membersOf(content) ?? [];
  const outputs = membersOf(memberNamed(members, "output_mapping")?.value ?? content) ?? [];
  const dependsOn = memberNamed(members, "depends_on")?.value;
  return {
    content,
    members,
    id: textOf(memberNamed(members, "id")?.value) || null,
    pipeline: textOf(memberNamed(members, "pipeline")?.value) || null,
    outputs: memberNamed(members, "output_mapping") === undefined ? [] : outputs.map(mappedOutput),
    dependsOn: dependsOn === undefined ? [] : (itemsOf(dependsOn) ?? []),
  };
}

/**
 * The stage that calls the other pipeline: `input_mapping` is its `input_data`, `output_mapping` its `outputs`; other
 * fields stay, `when` and `timeout` for example. None for an entry without an id or a pipeline.
 */
export function compositionStage(composition: Composition): readonly TopStage[] {
  const { content, members, id, outputs } = composition;
  const idMember = memberNamed(members, "id");
  const pipeline = memberNamed(members, "pipeline");
  const spot = spotIn(content);
  const idSpot = idMember === undefined ? null : spotIn(idMember.value);
  if (id === null || composition.pipeline === null || pipeline === undefined) return [];
  if (idMember === undefined || spot === null || idSpot === null) return [];
  const input = memberNamed(members, "input_mapping");
  const config: Content = {
    kind: "object",
    members: [
      { ...pipeline, key: "pipeline_id", keySpot: null, spot: null },
      ...(input === undefined ? [] : [{ ...input, key: "input_data", keySpot: null, spot: null }]),
    ],
    spot: null,
  };
  const written = memberNamed(members, "config");
  const ours = new Set(["id", "pipeline", "input_mapping", "output_mapping", "config", "component_type"]);
  const stage: readonly Member[] = [
    idMember,
    made("component_type", scalar("subpipeline", spotIn(pipeline.value))),
    ...members.filter(({ key }) => !ours.has(key)),
    made("config", written === undefined ? config : overlay(written.value, config)),
    ...(outputs.length === 0
      ? []
      : [made("outputs", outputsOf(outputs, memberNamed(members, "output_mapping")))]),
  ];
  return [{ id, idSpot, spot, form: "item", content: { kind: "object", members: stage, spot } }];
}

function outputsOf(outputs: readonly MappedOutput[], written: Member | undefined): Content {
  const members = outputs.map(({ member, template }): Member => {
    const spot = spotIn(member.value);
    return template === null || template === textOf(member.value)
      ? member
      : { ...member, spot: null, value: scalar(template, spot) };
  });
  const spot: Spot | null = written === undefined ? null : spotIn(written.value);
  return { kind: "object", members, spot };
}

function mappedOutput(member: Member): MappedOutput {
  const text = textOf(member.value);
  if (text === null) return { member, template: null };
  if (text.includes("{{")) return { member, template: text };
  const match = PATH.exec(text.trim());
  if (match === null) return { member, template: null };
  const path = match[1] ?? "";
  const step = path === "" || path.startsWith("[") ? path : `.${path}`;
  return { member, template: `{{ output.result${step} }}` };
}

function made(key: string, value: Content): Member {
  return { key, keySpot: null, spot: null, value };
}
