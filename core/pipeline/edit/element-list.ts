import { shiftSpan } from "../document/shift.ts";
import type { JsonNode, Span } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";

/** A list or an object as far as edits are concerned: brackets with elements between. All offsets are absolute. */
export interface ElementList {
  /** Brackets included. */
  readonly span: Span;
  /** Items, or properties with their keys, in file order. */
  readonly elements: readonly Span[];
}

/** The elements of a list or object whose spans are relative to `base`. */
export function elementsOf(node: Extract<JsonNode, { kind: "object" | "array" }>, base: number): ElementList {
  const elements = node.kind === "array" ? node.items : node.properties;
  return { span: shiftSpan(node.span, base), elements: elements.map(({ span }) => shiftSpan(span, base)) };
}

/** The stages of the file as elements; undefined when it has no place for stages. */
export function elementsOfStages({ tree }: PipelineDocument): ElementList | undefined {
  if (tree.container === null) return undefined;
  return {
    span: tree.container.property.value.span,
    elements: tree.units.map((unit, index) => {
      const start = tree.starts[index] ?? 0;
      return { start, end: start + unit.length };
    }),
  };
}

/** The top-level properties as elements; undefined when the text holds no object. */
export function elementsOfRoot({ tree }: PipelineDocument): ElementList | undefined {
  return tree.root === null
    ? undefined
    : { span: tree.root, elements: tree.properties.map(({ span }) => span) };
}
