import type { Dialect } from "#core/pipeline";

/** A stage by numbers; what it becomes is up to the stages before it, so that fewer of them still make a pipeline. */
export interface PlannedStage {
  readonly kind: number;
  /** Which of the control stages before it it is in; none where that is past their number. */
  readonly inside: number;
  readonly arm: number;
  /** A bit for each stage beside it that is written before it. */
  readonly waits: number;
  readonly reads: number;
  readonly extras: number;
}

export interface PlannedWorkflow {
  readonly dialect: Dialect;
  readonly stages: readonly PlannedStage[];
  /** A bit for each thing that may be said around the stages. */
  readonly around: number;
}

type Json = Record<string, unknown>;

interface Written {
  readonly id: string;
  readonly type: string;
  readonly owner: { readonly stage: Written; readonly arm: string } | null;
  readonly json: Json;
}

const NAMES = ["load", "clean", "check", "loop", "guard", "say", "pick", "end"];
const TYPES = [
  ...["generator", "logger", "http_request", "json_transform", "variable_set", "critic"],
  ...["foreach", "trycatch", "conditional", "router", "subpipeline", "return"],
];
const ARMS: Readonly<Record<string, readonly string[]>> = {
  foreach: ["loop"],
  trycatch: ["try", "catch", "finally"],
  conditional: ["true", "false"],
  router: ["route:one", "route:default"],
};
const OWNING = new Set(["loop", "try", "catch", "finally"]);

/** The JSON of a pipeline in a dialect: bodies, branches, dependencies and expressions, without circles. */
export function writeWorkflow({ dialect, stages: plans, around }: PlannedWorkflow): Json {
  const written: Written[] = [];
  plans.forEach((plan, index) => written.push(writeStage(dialect, plan, index, written)));
  const tops = written.filter(({ owner }) => dialect !== "L3" || owner === null || !OWNING.has(owner.arm));
  const says = (bit: number): boolean => (around >> bit) % 2 === 1;
  const last = written.findLast(({ owner }) => owner === null);
  const stages =
    dialect === "L3"
      ? Object.fromEntries(tops.map(({ id, json }) => [id, json]))
      : tops.map(({ id, json }) => ({ id, ...json }));
  return {
    name: "work",
    ...(dialect === "L4" ? { extends: "base", overrides: { fetched: { config: { n: 1 } } } } : {}),
    ...(says(0) ? { description: "Reads {{ input.x }}", tags: ["a", "b"] } : {}),
    ...(says(1) ? { "x-owner": { team: "é", list: [1, {}] } } : {}),
    stages,
    ...(says(2) && last !== undefined
      ? { [dialect === "L3" ? "output_stage" : "output_stage_id"]: last.id }
      : {}),
    ...(says(3) ? { layout: layoutOf(written, says) } : {}),
  };
}

function layoutOf(written: readonly Written[], says: (bit: number) => boolean): Json {
  const places = written.map(
    ({ id }, index) => [id, { x: index * 200, y: 40, ...(says(6) ? { color: "red" } : {}) }] as const,
  );
  const members = written.slice(0, 2).map(({ id }) => id);
  return {
    ...(says(4) && members.length > 0 ? { "$group:1": { title: "First", stages: members } } : {}),
    ...(says(5) ? { "$note:1": { x: 1, y: 2, text: "mind\nthis" } } : {}),
    ...Object.fromEntries(places),
  };
}

function writeStage(
  dialect: Dialect,
  plan: PlannedStage,
  index: number,
  before: readonly Written[],
): Written {
  const type = TYPES[plan.kind] ?? "logger";
  const controls = before.filter((each) => Object.hasOwn(ARMS, each.type));
  const control = controls[plan.inside];
  const arms = ARMS[control?.type ?? ""] ?? [];
  const arm = arms[plan.arm % Math.max(arms.length, 1)];
  const owner = control === undefined || arm === undefined ? null : { stage: control, arm };
  const isNested = dialect === "L3" && owner !== null && OWNING.has(owner.arm);
  const name = spelled(dialect, NAMES[index] ?? "more", plan);
  const id = isNested ? `${owner.stage.id}/${name}` : name;
  // Only what runs in the same body, so that there are no circles through an owner.
  const beside = before.filter((each) => bodyOf(each) === bodyOf({ id, type, owner, json: {} }));
  const waits = beside.filter((each, bit) => (plan.waits >> bit) % 2 === 1 && each.id !== owner?.stage.id);
  const read = waits[plan.reads % Math.max(waits.length, 1)];
  const says = (bit: number): boolean => (plan.extras >> bit) % 2 === 1;
  const message =
    read === undefined ? "plain {{ input.x }}" : reading(dialect, read.id.split("/").at(-1) ?? "", says(4));
  const config: Json = {
    ...(type === "foreach" ? { items: "{{ input.items }}" } : {}),
    ...(type === "subpipeline" ? { pipeline_id: "part", input_data: { text: message } } : {}),
    ...(type === "generator" || type === "logger"
      ? { [type === "logger" ? "message" : "prompt"]: message }
      : {}),
    ...(says(5) ? { deep: { er: [1, { k: "v" }] } } : {}),
  };
  const key =
    dialect === "L4" ? "type" : dialect === "L2" || dialect === "L3" ? "component" : "component_type";
  const dependsOn = waits.filter((each) => each !== read || says(3)).map((each) => each.id.split("/").at(-1));
  const json: Json = {
    [key]: dialect === "L2" ? type.replaceAll("_", "-") : type,
    ...(says(0) ? { name: `The ${name}` } : {}),
    ...(says(1) ? { enabled: false } : {}),
    ...(Object.keys(config).length > 0 || says(2) ? { config } : {}),
    ...(dependsOn.length > 0 ? { depends_on: dependsOn } : {}),
    ...(says(2) ? { position: { x: index * 10, y: 5 } } : {}),
  };
  const stage: Written = { id, type, owner, json };
  if (owner !== null) enter(dialect, owner.stage, owner.arm, name, json);
  return stage;
}

function spelled(dialect: Dialect, name: string, { reads }: PlannedStage): string {
  const joint = dialect === "L2" ? "-" : "_";
  return reads % 3 === 0 ? `${name}${joint}it` : name;
}

/** The stage whose body a stage runs in. */
function bodyOf({ owner }: Written): string | null {
  if (owner === null) return null;
  return OWNING.has(owner.arm) ? `${owner.stage.id} ${owner.arm}` : bodyOf(owner.stage);
}

function reading(dialect: Dialect, id: string, plainly: boolean): string {
  switch (dialect) {
    case "L1":
      return plainly ? `{{upstream.${id}.content}}` : `a {{ upstream.${id}.list[0] }} b`;
    case "L1x":
      return `{{ len(upstream.${id}.items) if upstream.${id}.ok else 0 }}`;
    case "L2":
      return `{{${id}.output.content}} {{ upstream['${id}'].x }}`;
    case "L3":
      return plainly ? `{{stages.${id}.content}}` : `{{#if stages.${id}.ok}}é\n{{else}}"{{/if}}`;
    case "L4":
      return `{{stages.${id}.output}}`;
  }
}

/** Writes a stage into an arm: inside it in the map dialect, or else into its list. */
function enter(dialect: Dialect, owner: Written, arm: string, name: string, json: Json): void {
  const isMap = dialect === "L3";
  const holder = isMap && arm !== "route:one" && arm !== "route:default" ? owner.json : configOf(owner.json);
  if (isMap && OWNING.has(arm)) {
    const body = (holder[`${arm}_stages`] ??= {});
    Object.assign(body as Json, { [name]: json });
    return;
  }
  const [place, key] = listOf(holder, arm, isMap);
  const list = (place[key] ??= []);
  if (Array.isArray(list)) list.push(name);
}

function listOf(holder: Json, arm: string, isMap: boolean): readonly [Json, string] {
  switch (arm) {
    case "route:one": {
      const routes = (holder["routes"] ??= {});
      return [routes as Json, "one"];
    }
    case "route:default":
      return [holder, "default_route"];
    case "true":
    case "false":
      return [holder, isMap ? `${arm}_stages` : `${arm}_branch_stages`];
    default:
      return [holder, `${arm}_stages`];
  }
}

function configOf(json: Json): Json {
  const config = (json["config"] ??= {});
  return config as Json;
}
