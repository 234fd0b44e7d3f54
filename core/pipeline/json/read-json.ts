import type { JsonNode } from "../json-node.ts";
import { createCursor } from "./cursor.ts";
import { readValue } from "./read-value.ts";
import { skipTrivia } from "./scan-trivia.ts";

/** Reads any JSON, also what is half typed: what cannot be read is a node of its own. Spans count from the text's start. */
export function readJson(text: string): JsonNode {
  const cursor = createCursor(text, "shared");
  skipTrivia(cursor);
  return readValue(cursor, 0);
}
