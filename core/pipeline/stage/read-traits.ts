import type { JsonNode } from "../json-node.ts";
import type { DialectTraits } from "../model.ts";
import { fieldNamed, fieldsOf } from "./field-reader.ts";

const PATH = /^[A-Za-z_$][\w$-]*(?:\.[\w$-]+)*$/;
const OUTPUT_REFERENCE = /^([A-Za-z_$][\w$-]*)\.output(?:\.|$)/;
const ROOTS: ReadonlySet<string> = new Set([
  "input",
  "upstream",
  "stages",
  "env",
  "secrets",
  "context",
  "vars",
  "matrix",
  "error",
]);

/** What the stage shows of its dialect (facts, section 1.2). */
export function readTraits(node: JsonNode): DialectTraits {
  const fields = fieldsOf(node);
  const found = { outputReference: false, expressions: false };
  readTemplates(node, found);
  const hasType = fieldNamed(fields, "component_type", "component") !== undefined;
  return {
    initStyle: found.outputReference || fieldNamed(fields, "component") !== undefined,
    typeKey: !hasType && fieldNamed(fields, "type") !== undefined,
    expressions: found.expressions,
  };
}

function readTemplates(node: JsonNode, found: { outputReference: boolean; expressions: boolean }): void {
  switch (node.kind) {
    case "object":
      for (const { value } of node.properties) readTemplates(value, found);
      return;
    case "array":
      for (const item of node.items) readTemplates(item, found);
      return;
    case "string": {
      let open = node.value.indexOf("{{");
      while (open >= 0) {
        const close = node.value.indexOf("}}", open);
        if (close < 0) return;
        const expression = node.value.slice(open + 2, close).trim();
        if (!PATH.test(expression)) found.expressions = true;
        const root = OUTPUT_REFERENCE.exec(expression)?.[1];
        if (root !== undefined && !ROOTS.has(root)) found.outputReference = true;
        open = node.value.indexOf("{{", close);
      }
      return;
    }
    case "number":
    case "boolean":
    case "null":
    case "error":
      return;
  }
}
