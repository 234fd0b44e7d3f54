import { type Cursor, createCursor, reportSyntax } from "../json/cursor.ts";
import { readMembers, readProperty, readValue } from "../json/read-value.ts";
import { skipTrivia } from "../json/scan-trivia.ts";
import type { JsonProperty, Span } from "../json-node.ts";
import type { DocumentTree, TopPart } from "../model.ts";
import type { Problem } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";
import { placePart } from "./place-part.ts";
import { readApart } from "./read-apart.ts";
import { containerFor, readStages, type StagesContainer } from "./read-stages.ts";
import type { ReusableParts } from "./reusable-parts.ts";
import { shiftProblem } from "./shift.ts";

/** What reading a text gives, before anything is said about its meaning as a whole. */
export interface ReadTree {
  readonly tree: Omit<DocumentTree, "identities">;
  /** Problems outside the units, absolute. */
  readonly problems: readonly Problem[];
  readonly conflicts: readonly Span[];
  readonly broken: boolean;
}

/** Reads a text into its parts, taking from `reusable` those it has. */
export function readTree(text: string, reusable: ReusableParts, strings: "shared" | "detached"): ReadTree {
  const cursor = createCursor(text, strings);
  skipTrivia(cursor);
  const start = cursor.position;
  if (text.charCodeAt(start) !== 0x7b) {
    readNoObject(cursor);
    return outcome(cursor, EMPTY);
  }
  const members = readRoot(cursor, reusable);
  const root = { start, end: cursor.position };
  skipTrivia(cursor);
  if (cursor.position < text.length) {
    const message = "The pipeline ends before this. Remove what follows it.";
    reportSyntax(cursor, cursor.position, text.trimEnd().length, message);
  }
  const { properties, parts, stages, container } = members;
  return outcome(cursor, {
    root,
    properties,
    parts,
    container: container === null || stages === null ? null : { kind: container.kind, property: stages },
    units: container?.units ?? [],
    starts: container?.starts ?? [],
  });
}

const EMPTY: ReadTree["tree"] = {
  root: null,
  properties: [],
  parts: [],
  container: null,
  units: [],
  starts: [],
};

interface Members {
  readonly properties: JsonProperty[];
  readonly parts: TopPart[];
  stages: JsonProperty | null;
  container: StagesContainer | null;
}

function readRoot(cursor: Cursor, reusable: ReusableParts): Members {
  const members: Members = { properties: [], parts: [], stages: null, container: null };
  readMembers(cursor, () => {
    const start = cursor.position;
    const known = reusable.partAt(start);
    if (known !== undefined) {
      cursor.position += known.part.length;
      const isInPlace = known.property.span.start === start;
      members.properties.push(isInPlace ? known.property : placePart(known.part, start));
      members.parts.push(known.part);
      return "element";
    }
    const part = readPart(cursor, members, reusable);
    if (part === null) return "junk";
    const property = placePart(part, start);
    members.properties.push(property);
    members.parts.push(part);
    if (property.key === "stages") members.stages = property;
    return "element";
  });
  return members;
}

function readPart(cursor: Cursor, members: Members, reusable: ReusableParts): TopPart | null {
  const start = cursor.position;
  const { value, problems, sound } = readApart(cursor, () =>
    readProperty(cursor, (key) => {
      if (key !== "stages") return readValue(cursor, 1);
      // Of two properties called "stages" the last counts, as for JSON.parse.
      members.container = containerFor(cursor.text.charCodeAt(cursor.position));
      if (members.container === null) return readValue(cursor, 1);
      return readStages(cursor, members.container, reusable);
    }),
  );
  if (value === null) return null;
  const isWhole = value.value.kind === "object" || value.value.kind === "array";
  return {
    length: cursor.position - start,
    property: value,
    problems,
    // The end of a scalar depends on what follows it, and the stages are reused one by one.
    sound: sound && isWhole && value.key !== "stages",
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
    code: readingCode.notAnObject,
    severity: "error",
    message: 'A pipeline must be an object: { "name": "…", "stages": [] }.',
    span: value.span,
  });
}

function outcome(cursor: Cursor, tree: ReadTree["tree"]): ReadTree {
  const { problems, conflicts, errors } = cursor;
  const ofParts = tree.parts.flatMap((part, index) =>
    part.problems.map((problem) => shiftProblem(problem, tree.properties[index]?.span.start ?? 0)),
  );
  return { tree, problems: [...problems, ...ofParts], conflicts, broken: errors > 0 };
}
