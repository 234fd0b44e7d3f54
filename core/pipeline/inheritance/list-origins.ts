import type { JsonNode, Span } from "../json-node.ts";
import type { Origin } from "./origin.ts";
import type { ResolvedPipeline } from "./resolve-pipeline.ts";

/** A stage or a value of a resolved pipeline, and where it is written. */
export interface ListedOrigin {
  /** JSON pointer (RFC 6901): `/stages/0/config/message`. */
  readonly pointer: string;
  /** Absolute in the resolved document's text. */
  readonly span: Span;
  readonly origin: Origin;
}

/** Every stage at the top and every value of a resolved pipeline, in the order of its text. */
export function listOrigins({ document, originOf }: ResolvedPipeline): readonly ListedOrigin[] {
  const { tree, pipeline } = document;
  const list: ListedOrigin[] = [];
  const add = (pointer: string, { start, end }: Span, base: number): void => {
    const span = { start: start + base, end: end + base };
    list.push({ pointer, span, origin: originOf(span) });
  };
  const addValues = (pointer: string, node: JsonNode, base: number): void => {
    if (node.kind === "object" && node.properties.length > 0) {
      for (const { key, value } of node.properties) addValues(`${pointer}/${escape(key)}`, value, base);
    } else if (node.kind === "array" && node.items.length > 0) {
      node.items.forEach((item, index) => addValues(`${pointer}/${index}`, item, base));
    } else {
      add(pointer, node.span, base);
    }
  };
  for (const { key, value } of pipeline.fields) {
    if (key !== "stages" || tree.container === null) {
      addValues(`/${escape(key)}`, value, 0);
      continue;
    }
    tree.units.forEach(({ node, property }, index) => {
      const pointer = `/stages/${property === null ? index : escape(property.key)}`;
      const base = tree.starts[index] ?? 0;
      add(pointer, property?.span ?? node.span, base);
      addValues(pointer, node, base);
    });
  }
  return list;
}

function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
