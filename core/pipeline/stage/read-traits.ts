import { expressionRoots } from "../expression-roots.ts";
import { textsIn } from "../json/texts-in.ts";
import type { JsonNode } from "../json-node.ts";
import type { DialectTraits } from "../model.ts";
import { fieldNamed, fieldsOf } from "./field-reader.ts";

const PATH = /^[A-Za-z_$][\w$-]*(?:\.[\w$-]+)*$/;
const OUTPUT_REFERENCE = /^([A-Za-z_$][\w$-]*)\.output(?:\.|$)/;

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
  for (const { value } of textsIn(node)) {
    let open = value.indexOf("{{");
    while (open >= 0) {
      const close = value.indexOf("}}", open);
      if (close < 0) break;
      const expression = value.slice(open + 2, close).trim();
      if (!PATH.test(expression)) found.expressions = true;
      const root = OUTPUT_REFERENCE.exec(expression)?.[1];
      if (root !== undefined && !expressionRoots.has(root)) found.outputReference = true;
      open = value.indexOf("{{", close);
    }
  }
}
