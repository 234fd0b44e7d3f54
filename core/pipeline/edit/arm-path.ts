import type { Field, Stage } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";

/** The keys that each arm has, in each spelling; a file keeps to one of the spellings. */
const SPELLINGS: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  conditional: [
    { true: "true_branch_stages", false: "false_branch_stages" },
    { true: "true_stages", false: "false_stages" },
    { true: "true_branch", false: "false_branch" },
  ],
  foreach: [{ loop: "loop_stages" }, { loop: "stages" }],
  trycatch: [{ try: "try_stages", catch: "catch_stages", finally: "finally_stages" }],
  router: [
    { route: "routes", default: "default_route" },
    { route: "branches", default: "default_branch" },
  ],
};

/**
 * The arms that stages can be put into: those the stage has, and those its component may have. A router's routes are
 * only those it has, since any text could be one.
 */
export function possibleArms(owner: Stage): readonly string[] {
  const [spelling] = Object.hasOwn(SPELLINGS, owner.componentType ?? "")
    ? (SPELLINGS[owner.componentType ?? ""] ?? [])
    : [];
  const may = Object.keys(spelling ?? {}).flatMap((arm) =>
    arm === "route" ? [] : [arm === "default" ? "route:default" : arm],
  );
  return [...new Set([...owner.arms.map(({ arm }) => arm), ...may])];
}

/**
 * Where in a stage an arm would be written that it does not have: beside its other arms and spelled as they are.
 * Null when its component has no such arm.
 */
export function newArmPath(owner: Stage, arm: string, dialect: "list" | "map"): readonly string[] | null {
  const spellings = Object.hasOwn(SPELLINGS, owner.componentType ?? "")
    ? (SPELLINGS[owner.componentType ?? ""] ?? [])
    : [];
  const route = arm === "route:default" ? "default" : arm.startsWith("route:") ? "route" : arm;
  const others = armFields(owner).map(({ field }) => field);
  const places = placesOf(owner);
  const holder = places.find(({ fields }) => fields.some((field) => isArm(field, others)));
  const keys = new Set((holder?.fields ?? []).map(({ key }) => key));
  const spelling =
    spellings.find((each) => Object.values(each).some((key) => keys.has(key))) ??
    (dialect === "map" && owner.componentType === "conditional" ? spellings[1] : spellings[0]);
  const key = spelling !== undefined && Object.hasOwn(spelling, route) ? spelling[route] : undefined;
  if (key === undefined) return null;
  const path = [...(holder?.path ?? usualPlace(owner, dialect)), key];
  return route === "route" ? [...path, arm.slice("route:".length)] : path;
}

interface PlaceOfArms {
  readonly path: readonly string[];
  readonly fields: readonly Field[];
}

function placesOf({ fields, config, inputMapping }: Stage): readonly PlaceOfArms[] {
  const mapping = fields.some(({ key }) => key === "input_mapping") ? "input_mapping" : "inputs";
  return [
    { path: [], fields },
    { path: [mapping], fields: inputMapping },
    { path: ["config"], fields: config },
  ];
}

/** Whether a field holds an arm, or the routes that arms are among. The fields of a stage hold `config` too. */
function isArm({ key, value }: Field, arms: readonly Field[]): boolean {
  if (arms.some((arm) => arm.value === value)) return true;
  if (key !== "routes" && key !== "branches") return false;
  return (
    value.kind === "object" && value.properties.some((each) => arms.some((arm) => arm.value === each.value))
  );
}

/** Without other arms: among the fields of the map dialect, else where the component's inputs are. */
function usualPlace({ config, inputMapping, fields }: Stage, dialect: "list" | "map"): readonly string[] {
  if (dialect === "map") return [];
  if (config.length > 0 || inputMapping.length === 0) return ["config"];
  return [fields.some(({ key }) => key === "input_mapping") ? "input_mapping" : "inputs"];
}
