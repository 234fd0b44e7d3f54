import { isCoordinate, type JsonNode, type PipelineDocument, type PipelineGraph } from "#core/pipeline";
import { type InheritedMark, inheritedMark, type MarkSource } from "./inherited-mark.ts";
import type { Point } from "./spatial-index.ts";
import { type StageCard, stageCard } from "./stage-card.ts";

/** A box of the canvas before it has a place. */
export type OutlineItem = StageItem | ArmItem;

export interface StageItem {
  readonly kind: "stage";
  /** Unique on the canvas and safe in a selector; {@link StageCard.id} is what edits name. */
  readonly key: string;
  /** The box it is inside. */
  readonly parent: string | null;
  readonly card: StageCard;
  /** Whether it is drawn around other boxes. */
  readonly container: boolean;
  /** Whether an earlier stage has the same id, so that no edit can mean this one. */
  readonly repeated: boolean;
  /** Null: the file's own. */
  readonly inherited: InheritedMark | null;
  /** The position the file gives it. */
  readonly written: Point | null;
}

/** One arm of a container that has several: `try`, `catch`, `finally`. */
export interface ArmItem {
  readonly kind: "arm";
  readonly key: string;
  readonly parent: string;
  readonly arm: string;
}

export interface Outline {
  /** Every box stands after the one it is inside. */
  readonly items: readonly OutlineItem[];
  /** By stage id; of repeated ids, the first. */
  readonly keyOf: ReadonlyMap<string, string>;
}

/** The boxes of a document and what is inside what. */
export function outlineOf(
  document: PipelineDocument,
  graph: PipelineGraph,
  marks: MarkSource | null = null,
): Outline {
  const keyOf = new Map<string, string>();
  const used = new Set<string>();
  const keys = graph.nodes.map(({ stage }, index) => {
    const key = unusedKey(stage.id, index, used);
    used.add(key);
    if (!keyOf.has(stage.id)) keyOf.set(stage.id, key);
    return key;
  });
  const owners = withoutCycles(graph);

  const armsOf = new Map<string, Set<string>>();
  for (const owner of owners) {
    if (owner === null) continue;
    const arms = armsOf.get(owner.stage) ?? new Set<string>();
    armsOf.set(owner.stage, arms.add(owner.arm));
  }

  const placed = layoutPositions(document);
  const stages = new Map<string, StageItem>();
  const children = new Map<string | null, OutlineItem[]>();
  const armed = new Set<string>();
  const armItems = (owner: string, ownerKey: string): readonly ArmItem[] => {
    const written =
      graph.nodes.find(({ stage }) => stage.id === owner)?.stage.arms.map(({ arm }) => arm) ?? [];
    // A stage's arms are in the order they run, wherever the file has their stages.
    const ordered = [...(armsOf.get(owner) ?? [])].sort((a, b) => written.indexOf(a) - written.indexOf(b));
    return ordered.map((arm) => ({ kind: "arm", key: armKey(ownerKey, arm), parent: ownerKey, arm }));
  };
  const addChild = (parent: string | null, item: OutlineItem): void => {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [item]);
    else siblings.push(item);
  };
  graph.nodes.forEach(({ stage }, index) => {
    const key = keys[index] ?? "";
    const owner = owners[index] ?? null;
    const repeated = keyOf.get(stage.id) !== key;
    const ownerKey = owner === null ? undefined : keyOf.get(owner.stage);
    let parent: string | null = null;
    if (owner !== null && ownerKey !== undefined) {
      parent = ownerKey;
      if ((armsOf.get(owner.stage)?.size ?? 0) > 1) {
        parent = armKey(ownerKey, owner.arm);
        if (!armed.has(ownerKey)) for (const arm of armItems(owner.stage, ownerKey)) addChild(ownerKey, arm);
        armed.add(ownerKey);
      }
    }
    const item: StageItem = {
      kind: "stage",
      key,
      parent,
      card: stageCard(stage),
      container: !repeated && armsOf.has(stage.id),
      repeated,
      inherited: marks === null || repeated ? null : inheritedMark(marks, stage.id),
      written: repeated ? null : (stage.position?.value ?? placed.get(stage.id) ?? null),
    };
    stages.set(key, item);
    addChild(parent, item);
  });

  const items: OutlineItem[] = [];
  const visit = (parent: string | null): void => {
    for (const item of children.get(parent) ?? []) {
      items.push(item);
      visit(item.key);
    }
  };
  visit(null);
  return { items, keyOf };
}

type Owner = PipelineGraph["nodes"][number]["owner"];

/** Owners, less those that are not there and those that would put a stage inside itself. */
function withoutCycles(graph: PipelineGraph): readonly Owner[] {
  const ownerOf = new Map<string, Owner>();
  for (const { stage, owner } of graph.nodes) if (!ownerOf.has(stage.id)) ownerOf.set(stage.id, owner);
  for (const start of ownerOf.keys()) {
    const seen = new Set<string>();
    for (let at = ownerOf.get(start)?.stage; at !== undefined && !seen.has(at); at = ownerOf.get(at)?.stage) {
      seen.add(at);
    }
    if (seen.has(start)) ownerOf.set(start, null);
  }
  return graph.nodes.map(({ stage, owner }) =>
    owner === null || !ownerOf.has(owner.stage) || ownerOf.get(stage.id) === null ? null : owner,
  );
}

function armKey(owner: string, arm: string): string {
  return `${owner}@${encodeURIComponent(arm.toWellFormed())}`;
}

/** `@` cannot be part of an encoded id, so that no id looks like an arm or a repetition. */
function unusedKey(id: string, index: number, used: ReadonlySet<string>): string {
  const key = encodeURIComponent(id.toWellFormed());
  return used.has(key) || key === "" ? `${key}@${index}` : key;
}

function layoutPositions({ pipeline }: PipelineDocument): ReadonlyMap<string, Point> {
  const positions = new Map<string, Point>();
  for (const { key, value } of pipeline.layout) {
    if (value.kind !== "object") continue;
    const x = numberNamed(value, "x");
    const y = numberNamed(value, "y");
    if (x !== null && y !== null) positions.set(key, { x, y });
  }
  return positions;
}

function numberNamed(node: Extract<JsonNode, { kind: "object" }>, key: string): number | null {
  const value = node.properties.findLast((property) => property.key === key)?.value;
  return value?.kind === "number" && isCoordinate(value.value) ? value.value : null;
}
