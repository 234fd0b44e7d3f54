import { type Cursor, createCursor, reportSyntax, spanBetween } from "../json/cursor.ts";
import { readItems, readMembers, readProperty, readValue } from "../json/read-value.ts";
import { skipTrivia } from "../json/scan-trivia.ts";
import type { JsonNode, JsonProperty, Span } from "../json-node.ts";
import type { DocumentTree, StageUnit } from "../model.ts";
import type { Problem } from "../problem.ts";
import { readListedStage, readMappedStage } from "../stage/read-stage.ts";
import { readTraits } from "../stage/read-traits.ts";
import type { ReusableUnits } from "./reusable-units.ts";
import { shiftProblem } from "./shift.ts";

/** What reading a text gives, before anything is said about its meaning as a whole. */
export interface ReadTree {
  readonly tree: Omit<DocumentTree, "identities">;
  /** Problems outside the units, absolute. */
  readonly problems: readonly Problem[];
  readonly conflicts: readonly Span[];
  readonly broken: boolean;
}

interface Container {
  readonly kind: "list" | "map";
  readonly units: StageUnit[];
  readonly starts: number[];
}

/** Reads a text into its parts, taking from `reusable` the units it has. */
export function readTree(
  text: string,
  reusable: ReusableUnits,
  options: { readonly detach: boolean },
): ReadTree {
  const cursor = createCursor(text, options);
  const properties: JsonProperty[] = [];
  const found: { container: Container | null; property: JsonProperty | null } = {
    container: null,
    property: null,
  };
  skipTrivia(cursor);
  const start = cursor.position;
  const isObject = text.charCodeAt(start) === 0x7b;
  if (isObject) {
    readMembers(cursor, () => {
      const property = readProperty(cursor, (key) => {
        if (key !== "stages") return readValue(cursor, 1);
        // Of two properties called "stages" the last counts, as for JSON.parse.
        found.container = containerAt(text.charCodeAt(cursor.position));
        return found.container === null
          ? readValue(cursor, 1)
          : readContainer(cursor, found.container, reusable);
      });
      if (property === null) return "junk";
      properties.push(property);
      if (property.key === "stages") found.property = property;
      return "element";
    });
  } else {
    readNoObject(cursor);
  }
  const root = isObject ? { start, end: cursor.position } : null;
  skipTrivia(cursor);
  if (isObject && cursor.position < text.length) {
    reportSyntax(
      cursor,
      cursor.position,
      text.trimEnd().length,
      "The pipeline ends before this. Remove what follows it.",
    );
  }
  const { container, property } = found;
  return {
    tree: {
      root,
      properties,
      container: container === null || property === null ? null : { kind: container.kind, property },
      units: container?.units ?? [],
      starts: container?.starts ?? [],
    },
    problems: cursor.problems,
    conflicts: cursor.conflicts,
    broken: cursor.errors > 0,
  };
}

function readNoObject(cursor: Cursor): void {
  const { text, position: start } = cursor;
  if (start >= text.length) {
    const message = 'The file is empty. A pipeline starts as { "name": "…", "stages": [] }.';
    reportSyntax(cursor, 0, text.length, message);
    return;
  }
  const value = readValue(cursor, 0);
  skipTrivia(cursor);
  if (cursor.position < text.length && cursor.errors === 0) {
    reportSyntax(cursor, cursor.position, text.trimEnd().length, "Remove this: a file holds one JSON value.");
  }
  cursor.problems.push({
    code: "not-an-object",
    severity: "error",
    message: 'A pipeline must be an object: { "name": "…", "stages": [] }.',
    span: value.span,
  });
}

function containerAt(code: number): Container | null {
  if (code !== 0x5b && code !== 0x7b) return null;
  return { kind: code === 0x5b ? "list" : "map", units: [], starts: [] };
}

function readContainer(cursor: Cursor, container: Container, reusable: ReusableUnits): JsonNode {
  const start = cursor.position;
  const { kind, units, starts } = container;
  const reuse = (): boolean => {
    const unit = reusable.at(cursor.position, kind);
    if (unit === undefined) return false;
    units.push(unit);
    starts.push(cursor.position);
    cursor.position += unit.length;
    return true;
  };
  if (kind === "list") {
    readItems(
      cursor,
      () => {
        if (reuse()) return units.at(-1)?.node ?? REUSED;
        const at = cursor.position;
        const unit = readUnit(cursor, () => ({ node: readValue(cursor, 2), property: null }));
        if (unit === null) return REUSED;
        units.push(unit);
        starts.push(at);
        return unit.node;
      },
      () => {
        units.pop();
        starts.pop();
      },
    );
    return { kind: "array", span: spanBetween(cursor, start, cursor.position), items: [] };
  }
  readMembers(cursor, () => {
    if (reuse()) return "element";
    const at = cursor.position;
    const unit = readUnit(cursor, () => {
      const property = readProperty(cursor, () => readValue(cursor, 2));
      return property === null ? null : { node: property.value, property };
    });
    if (unit === null) return "junk";
    units.push(unit);
    starts.push(at);
    return "element";
  });
  return { kind: "object", span: spanBetween(cursor, start, cursor.position), properties: [] };
}

/** Stands for a node whose kind alone is asked for. */
const REUSED: JsonNode = { kind: "null", span: { start: 0, end: 0 } };

function readUnit(
  cursor: Cursor,
  read: () => { readonly node: JsonNode; readonly property: JsonProperty | null } | null,
): StageUnit | null {
  const { position: start, problems: outer, errors } = cursor;
  const problems: Problem[] = [];
  cursor.base = start;
  cursor.problems = problems;
  const found = read();
  cursor.base = 0;
  cursor.problems = outer;
  if (found === null) {
    outer.push(...problems.map((problem) => shiftProblem(problem, start)));
    return null;
  }
  const { node, property } = found;
  const sound = cursor.errors === errors && node.kind === "object";
  const syntax = problems.length;
  const stages = property === null ? readListedStage(node, problems) : readMappedStage(property, problems);
  const id = stages[0]?.id;
  return {
    length: cursor.position - start,
    node,
    property,
    stages,
    problems:
      id === undefined
        ? problems
        : problems.map((problem, index) => (index < syntax ? { ...problem, stage: id } : problem)),
    traits: readTraits(node),
    sound,
  };
}
