import {
  type JsonMembers,
  type JsonValue,
  nodeToJson,
  type PipelineDocument,
  pipelineGraph,
  readAnnotations,
} from "#core/pipeline";

/** What a file says, whatever it is written like: positions in stages or in `layout`, `[]` or nothing, and so on. */
export interface FileModel {
  /** Ids in the order of the file. */
  order: string[];
  stages: Map<string, StageModel>;
  output: string | null;
  /** Of stages and notes. */
  places: Map<string, { readonly x: number; readonly y: number }>;
  notes: Map<string, JsonMembers>;
  groups: Map<string, { says: JsonMembers; members: string[] }>;
  colors: Map<string, string>;
  overrides: Record<string, JsonValue>;
  /** All other members of the file. */
  rest: Record<string, JsonValue>;
}

/** A stage without its id and place. */
export interface StageModel {
  type: string | null;
  name: string;
  enabled: boolean;
  owner: string | null;
  /** All other fields, without empty inputs. */
  says: Record<string, JsonValue>;
  /** Ids of stages it declares to wait for, sorted. */
  waits: string[];
  /** Arms that have stages. */
  arms: Map<string, string[]>;
}

const OWN = new Set([
  "id",
  "component_type",
  "component",
  "type",
  "uses",
  "name",
  "enabled",
  "depends_on",
  "position",
]);
const ARMS = new Set([
  ...[
    "true_branch_stages",
    "true_stages",
    "true_branch",
    "false_branch_stages",
    "false_stages",
    "false_branch",
  ],
  ...["loop_stages", "stages", "try_stages", "catch_stages", "finally_stages"],
  ...["routes", "branches", "default_route", "default_branch", "default"],
]);
const INPUTS = ["config", "inputs", "input_mapping"];
const ELSEWHERE = new Set(["stages", "layout", "output_stage_id", "output_stage", "overrides"]);

/** Reads what a file says. */
export function fileModel(document: PipelineDocument): FileModel {
  const { pipeline } = document;
  const { notes, groups, colors } = readAnnotations(pipeline);
  const owners = new Map(
    pipelineGraph(document).nodes.map(({ stage, owner }) => [stage.id, owner?.stage ?? null]),
  );
  const model: FileModel = {
    order: pipeline.stages.map(({ id }) => id),
    stages: new Map(),
    output: pipeline.outputStage?.value ?? null,
    places: new Map(),
    notes: new Map(
      notes.map(({ id, size, text, color }) => [id, { size: size && { ...size }, text, color }]),
    ),
    groups: new Map(
      groups.map(({ id, title, color, stages }) => [id, { says: { title, color }, members: [...stages] }]),
    ),
    colors: new Map(colors),
    overrides: Object.fromEntries(pipeline.overrides.map(({ key, value }) => [key, nodeToJson(value)])),
    rest: Object.fromEntries(
      pipeline.fields
        .filter(({ key }) => !ELSEWHERE.has(key))
        .map(({ key, value }) => [key, nodeToJson(value)]),
    ),
  };
  for (const { key, value } of pipeline.layout) {
    const line = nodeToJson(value);
    if (line !== null && typeof line === "object" && "x" in line && "y" in line)
      model.places.set(key, { x: Number(line.x), y: Number(line.y) });
  }
  for (const stage of pipeline.stages) {
    if (model.stages.has(stage.id)) continue;
    if (stage.position !== null) model.places.set(stage.id, { ...stage.position.value });
    model.stages.set(stage.id, {
      type: stage.componentType,
      name: stage.name?.value ?? "",
      enabled: stage.enabled,
      owner: owners.get(stage.id) ?? null,
      says: sayings(stage.fields.map(({ key, value }) => [key, nodeToJson(value)])),
      waits: sorted(stage.dependsOn.map(({ value }) => value)),
      arms: new Map(
        stage.arms
          .filter(({ stages }) => stages.length > 0)
          .map(({ arm, stages }) => [arm, stages.map(({ value }) => value)]),
      ),
    });
  }
  return model;
}

/** Each once, in an order of its own. */
export function sorted(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
}

function sayings(fields: readonly (readonly [string, JsonValue])[]): Record<string, JsonValue> {
  const said = new Map<string, JsonValue>();
  for (const [key, value] of fields) {
    if (OWN.has(key) || ARMS.has(key)) continue;
    const isInputs =
      INPUTS.includes(key) && value !== null && typeof value === "object" && !Array.isArray(value);
    const kept = isInputs ? withoutArms(value as JsonMembers) : value;
    if (isInputs && Object.keys(kept ?? {}).length === 0) continue;
    said.set(key, kept);
  }
  return Object.fromEntries(said);
}

function withoutArms(members: JsonMembers): JsonMembers {
  return Object.fromEntries(Object.entries(members).filter(([key]) => !ARMS.has(key)));
}
