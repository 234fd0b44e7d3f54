import { isJsonObject, type JsonValue, parseComponentType } from "#core/pipeline";
import { awaitedBy } from "../content/awaited-by.ts";
import type { PipelineContent, StageContent } from "../content/content.ts";
import { type FeatureNumbers, type FeaturePath, featureNumbers } from "./feature-numbers.ts";

/** What a stage can be recognised by when its id is another: the number of each thing it says, with how much that counts. */
export interface StageFeatures {
  readonly said: ReadonlyMap<number, number>;
  /** Those of its connections: what it waits for, and what waits for it. */
  readonly connections: readonly number[];
}

/** The features of stages that are given by key: what they say, but no position, and which stages wait for them. */
export function featuresOf(
  { stages }: PipelineContent,
  keys: ReadonlySet<string>,
  numbers: FeatureNumbers,
): ReadonlyMap<string, StageFeatures> {
  const found = new Map<string, Features>();
  for (const stage of stages) if (keys.has(stage.key)) found.set(stage.key, featuresOfStage(stage, numbers));
  for (const { key, value } of stages) {
    // What waits for a stage names its new id, but is itself the stage that it was.
    if (keys.has(key)) continue;
    for (const awaited of awaitedBy(value)) {
      const features = found.get(awaited);
      if (features === undefined) continue;
      const feature = numbers.awaitedBy(key);
      features.said.set(feature, 1);
      features.connections.push(feature);
    }
  }
  return found;
}

interface Features {
  readonly said: Map<number, number>;
  readonly connections: number[];
}

/** What one stage says. */
function featuresOfStage({ value }: StageContent, { root }: FeatureNumbers): Features {
  if (!isJsonObject(value)) return { said: said(root, value), connections: [] };
  const features = new Map<number, number>();
  for (const [key, member] of Object.entries(value)) {
    // Whatever the dialect calls its component.
    const name = COMPONENT.includes(key) ? "component" : key;
    if (key !== "position") addFeatures(features, root.member(name), member);
  }
  return { said: features, connections: [...said(root.member("depends_on"), awaitedBy(value)).keys()] };
}

/** How alike two stages are, 0 to 1: the share of what both say in all that they say. */
export function likeness({ said: one }: StageFeatures, { said: other }: StageFeatures): number {
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
  const numbers = featureNumbers();
  return (
    componentOf(one) === componentOf(other) &&
    likeness(featuresOfStage(one, numbers), featuresOfStage(other, numbers)) >= 0.75
  );
}

const COMPONENT: readonly string[] = ["component_type", "component", "type", "uses"];

/** The component, without the versions that will do, in whichever dialect it is written. */
export function componentOf({ value }: StageContent): string {
  if (!isJsonObject(value)) return "";
  for (const key of COMPONENT) {
    const type = Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof type === "string") return parseComponentType(type).type;
  }
  return "";
}

function said(path: FeaturePath, value: JsonValue): Map<number, number> {
  const features = new Map<number, number>();
  addFeatures(features, path, value);
  return features;
}

function addFeatures(features: Map<number, number>, path: FeaturePath, value: JsonValue): void {
  if (Array.isArray(value)) {
    for (const item of value) addFeatures(features, path.item(), item);
  } else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) addFeatures(features, path.member(key), member);
  } else if (typeof value !== "string") {
    add(features, path.word(JSON.stringify(value)), 1);
  } else if (value.length > LONG) {
    // A text that was changed a little is still mostly the same words; all of them count as much as a few fields.
    const words = value.split(/\s+/);
    const weight = Math.min(1, MOST / words.length);
    for (const word of words) add(features, path.word(word), weight);
  } else {
    add(features, path.text(value), 1);
  }
}

const LONG = 24;
const MOST = 8;

function add(features: Map<number, number>, feature: number, weight: number): void {
  features.set(feature, (features.get(feature) ?? 0) + weight);
}
