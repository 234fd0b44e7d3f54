import { type Cursor, spanBetween } from "../json/cursor.ts";
import { readItems, readMembers, readProperty, readValue } from "../json/read-value.ts";
import type { JsonNode, JsonProperty } from "../json-node.ts";
import type { StageUnit } from "../model.ts";
import type { Problem } from "../problem.ts";
import { readListedStage, readMappedStage } from "../stage/read-stage.ts";
import { readTraits } from "../stage/read-traits.ts";
import { type ReadApart, readApart } from "./read-apart.ts";
import type { ReusableParts } from "./reusable-parts.ts";

/** The units of a list or an object of stages and where they start, as they are found. */
export interface StagesContainer {
  readonly kind: "list" | "map";
  readonly units: StageUnit[];
  readonly starts: number[];
}

/** An empty container for the bracket that opens one; null for any other character. */
export function containerFor(code: number): StagesContainer | null {
  if (code !== 0x5b && code !== 0x7b) return null;
  return { kind: code === 0x5b ? "list" : "map", units: [], starts: [] };
}

/** Reads the stages at the cursor into `container`. The node returned has no items: they are the units. */
export function readStages(cursor: Cursor, container: StagesContainer, reusable: ReusableParts): JsonNode {
  const start = cursor.position;
  if (container.kind === "list") {
    readItems(
      cursor,
      () => takeUnit(cursor, container, reusable)?.node ?? NO_NODE,
      () => {
        container.units.pop();
        container.starts.pop();
      },
    );
    return { kind: "array", span: spanBetween(cursor, start, cursor.position), items: [] };
  }
  readMembers(cursor, () => (takeUnit(cursor, container, reusable) === null ? "junk" : "element"));
  return { kind: "object", span: spanBetween(cursor, start, cursor.position), properties: [] };
}

/** An item of a list is always a unit; this stands for its node where the compiler cannot know that. */
const NO_NODE: JsonNode = { kind: "null", span: { start: 0, end: 0 } };

/** Reuses or reads the unit at the cursor. Null when there is none, but junk. */
function takeUnit(
  cursor: Cursor,
  { kind, units, starts }: StagesContainer,
  reusable: ReusableParts,
): StageUnit | null {
  const start = cursor.position;
  const known = reusable.unitAt(start, kind);
  if (known !== undefined) cursor.position += known.length;
  const unit = known ?? readUnit(cursor, kind);
  if (unit === null) return null;
  units.push(unit);
  starts.push(start);
  return unit;
}

/** A stage as it stands in a list, or behind its id in a map. */
interface WrittenStage {
  readonly node: JsonNode;
  readonly property: JsonProperty | null;
}

function readUnit(cursor: Cursor, kind: "list" | "map"): StageUnit | null {
  const start = cursor.position;
  const read = readApart(cursor, () => {
    if (kind === "list") return { node: readValue(cursor, 2), property: null };
    const property = readProperty(cursor, () => readValue(cursor, 2));
    return property === null ? null : { node: property.value, property };
  });
  const { value } = read;
  return value === null ? null : unitOf({ ...read, value }, cursor.position - start);
}

function unitOf(
  { value: { node, property }, problems: syntax, sound }: ReadApart<WrittenStage>,
  length: number,
): StageUnit {
  const shape: Problem[] = [];
  const stages = property === null ? readListedStage(node, shape) : readMappedStage(property, shape);
  const id = stages[0]?.id;
  return {
    length,
    node,
    property,
    stages,
    problems: [
      ...(id === undefined ? syntax : syntax.map((problem) => ({ ...problem, stage: id }))),
      ...shape,
    ],
    traits: readTraits(node),
    // The end of anything but an object depends on what follows it.
    sound: sound && node.kind === "object",
  };
}
