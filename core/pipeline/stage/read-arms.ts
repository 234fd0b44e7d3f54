import type { JsonProperty, Located } from "../json-node.ts";
import type { Field, StageArm } from "../model.ts";
import { fieldNamed, type Report, readTextList } from "./field-reader.ts";

/** The names of FlowMason and its aliases for the lists of stages a control-flow component has (facts, 1.2 and 3). */
const BODIES: readonly {
  readonly arm: string;
  readonly of: string;
  readonly keys: readonly string[];
  /** Names that mean this among the inputs of that component only. */
  readonly inputs?: readonly string[];
}[] = [
  {
    arm: "true",
    of: "conditional",
    keys: ["true_branch_stages", "true_stages"],
    inputs: ["true_branch"],
  },
  {
    arm: "false",
    of: "conditional",
    keys: ["false_branch_stages", "false_stages"],
    inputs: ["false_branch"],
  },
  { arm: "loop", of: "foreach", keys: ["loop_stages"], inputs: ["stages"] },
  { arm: "try", of: "trycatch", keys: ["try_stages"] },
  { arm: "catch", of: "trycatch", keys: ["catch_stages"] },
  { arm: "finally", of: "trycatch", keys: ["finally_stages"] },
];

/** The names of each of them. */
export const bodyKeys: readonly (readonly string[])[] = BODIES.map(({ keys }) => keys);

/** What an arm is before ids are resolved: ids written in a list, or stages written inside (map dialect). */
export interface WrittenArm {
  readonly arm: string;
  readonly field: Field;
  readonly ids: readonly Located<string>[];
  readonly nested: readonly JsonProperty[];
}

/** The places where a stage's lists of stages may be, in the order in which they count. */
export interface ArmPlaces {
  readonly fields: readonly Field[];
  readonly inputMapping: readonly Field[];
  readonly config: readonly Field[];
}

/** Reads the arms of a stage. Only the stage's own fields are looked at when its component is no control flow. */
export function readArms(
  report: Report,
  componentType: string | null,
  places: ArmPlaces,
): readonly WrittenArm[] {
  const arms: WrittenArm[] = [];
  for (const { arm, of, keys, inputs = [] } of BODIES) {
    const field =
      componentType === of ? findAnywhere(places, keys, inputs) : fieldNamed(places.fields, ...keys);
    if (field !== undefined) addArm(report, arms, arm, field);
  }
  if (componentType === "router") {
    const routes = findAnywhere(places, ["routes", "branches"]);
    if (routes?.value.kind === "object") {
      for (const route of routes.value.properties) addArm(report, arms, `route:${route.key}`, route);
    }
    const otherwise = findAnywhere(places, ["default_route", "default_branch"], ["default"]);
    if (otherwise !== undefined) addArm(report, arms, "route:default", otherwise);
  }
  return arms;
}

/** The names of the fields that may hold arms. */
export const ARM_KEYS: ReadonlySet<string> = new Set([
  ...BODIES.flatMap(({ keys, inputs = [] }) => [...keys, ...inputs]),
  "routes",
  "branches",
  "default_route",
  "default_branch",
]);

const INPUTS: ReadonlySet<string> = new Set(["config", "input_mapping", "inputs"]);
const ROUTES: ReadonlySet<string> = new Set(["routes", "branches"]);
const OTHERWISE: ReadonlySet<string> = new Set(["default_route", "default_branch"]);

/**
 * The arm that a stage of a component has at a path in it, where {@link readArms} looks for one, by its name; null where it
 * has none. With several names for the same arm it is at each.
 */
export function armAt(componentType: string | null, path: readonly string[]): string | null {
  const isInput = INPUTS.has(path[0] ?? "");
  const [key = "", ...within] = isInput ? path.slice(1) : path;
  // Most paths are none, and this is asked for each text of a stage.
  if (!ARM_KEYS.has(key) && key !== "default") return null;
  if (componentType === "router") {
    const [route] = within;
    if (ROUTES.has(key)) return within.length === 1 ? `route:${route}` : null;
    if (OTHERWISE.has(key) || (isInput && key === "default"))
      return within.length === 0 ? "route:default" : null;
  }
  if (within.length > 0) return null;
  const body = BODIES.find(({ of, keys, inputs = [] }) =>
    isInput ? componentType === of && (keys.includes(key) || inputs.includes(key)) : keys.includes(key),
  );
  return body?.arm ?? null;
}

/** The arm with what its ids mean. */
export function resolveArm(arm: WrittenArm, resolve: (id: string) => string): StageArm {
  const ids = arm.ids.map(({ value, span }) => ({ value: resolve(value), span }));
  const nested = arm.nested.map(({ key, keySpan }) => ({ value: resolve(key), span: keySpan }));
  return { arm: arm.arm, stages: [...ids, ...nested] };
}

/** `inputs` are names that it has among the stage's inputs only. */
function findAnywhere(
  places: ArmPlaces,
  keys: readonly string[],
  inputs: readonly string[] = [],
): Field | undefined {
  const named = [...keys, ...inputs];
  return (
    fieldNamed(places.fields, ...keys) ??
    fieldNamed(places.inputMapping, ...named) ??
    fieldNamed(places.config, ...named)
  );
}

function addArm(report: Report, arms: WrittenArm[], arm: string, field: Field): void {
  const { value: node } = field;
  if (node.kind === "object") {
    arms.push({ arm, field, ids: [], nested: node.properties });
  } else if (node.kind === "string") {
    // One id needs no list; a template names the stages only when it runs.
    const ids = node.value.includes("{{") ? [] : [{ value: node.value, span: node.span }];
    arms.push({ arm, field, ids, nested: [] });
  } else if (node.kind !== "null" && node.kind !== "error") {
    arms.push({ arm, field, ids: readTextList(report, field), nested: [] });
  }
}
