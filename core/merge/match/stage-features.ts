import { isJsonObject, type JsonValue } from "#core/pipeline";
import { awaitedBy } from "../content/awaited-by.ts";
import type { PipelineContent, StageContent } from "../content/content.ts";

/** What a stage can be recognised by when its id is another: each thing it says, with how much that counts. */
export type StageFeatures = ReadonlyMap<string, number>;

/** The features of stages that are given by key: what they say, but no position, and which stages wait for them. */
export function featuresOf(
  { stages }: PipelineContent,
  keys: ReadonlySet<string>,
): ReadonlyMap<string, StageFeatures> {
  const found = new Map<string, Map<string, number>>();
  for (const { key, value } of stages) {
    if (!keys.has(key)) continue;
    const features = new Map<string, number>();
    addFeatures(features, "", value);
    found.set(key, features);
  }
  for (const { key, value } of stages) {
    // What waits for a stage names its new id, but is itself the stage that it was.
    if (!keys.has(key)) for (const awaited of awaitedBy(value)) found.get(awaited)?.set(`<${key}`, 1);
  }
  return found;
}

/** Whether a feature is one of a stage's connections: what it waits for, or what waits for it. */
export function isConnection(feature: string): boolean {
  return feature.startsWith("<") || feature.startsWith("/depends_on[]=");
}

/** What one stage says. */
function featuresOfStage({ value }: StageContent): StageFeatures {
  const features = new Map<string, number>();
  addFeatures(features, "", value);
  return features;
}

/** How alike two stages are, 0 to 1: the share of what both say in all that they say. */
export function likeness(one: StageFeatures, other: StageFeatures): number {
  let shared = 0;
  let all = 0;
  for (const [feature, weight] of one) {
    all += weight;
    shared += 2 * Math.min(weight, other.get(feature) ?? 0);
  }
  for (const weight of other.values()) all += weight;
  return all === 0 ? 0 : shared / all;
}

/** Whether two stages that both sides added are the same one, which each has in its own way. */
export function isAlike(one: StageContent, other: StageContent): boolean {
  return (
    componentOf(one) === componentOf(other) && likeness(featuresOfStage(one), featuresOfStage(other)) >= 0.75
  );
}

const COMPONENT: readonly string[] = ["component_type", "component", "type", "uses"];

/** The component as it is written, in whichever dialect. */
export function componentOf({ value }: StageContent): string {
  if (!isJsonObject(value)) return "";
  for (const key of COMPONENT) {
    const type = Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof type === "string") return type.replaceAll("-", "_");
  }
  return "";
}

function addFeatures(features: Map<string, number>, path: string, value: JsonValue): void {
  if (Array.isArray(value)) {
    for (const item of value) addFeatures(features, `${path}[]`, item);
  } else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      // Whatever the dialect calls its component.
      const name = path === "" && COMPONENT.includes(key) ? "component" : key;
      if (path !== "" || key !== "position") addFeatures(features, `${path}/${name}`, member);
    }
  } else if (typeof value === "string" && value.length > LONG) {
    // A text that was changed a little is still mostly the same words; all of them count as much as a few fields.
    const words = value.split(/\s+/);
    const weight = Math.min(1, MOST / words.length);
    for (const word of words) add(features, `${path}=${word}`, weight);
  } else {
    add(features, `${path}=${JSON.stringify(value)}`, 1);
  }
}

const LONG = 24;
const MOST = 8;

function add(features: Map<string, number>, feature: string, weight: number): void {
  features.set(feature, (features.get(feature) ?? 0) + weight);
}
