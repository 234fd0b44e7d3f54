import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";

const TYPE_KEYS = ["component_type", "component", "type", "uses"] as const;

/** The key under which the stages of this file say their component. */
export function typeKeyOf({ pipeline, tree }: PipelineDocument): string {
  for (const { fields } of pipeline.stages) {
    const key = TYPE_KEYS.find((each) => fieldNamed(fields, each) !== undefined);
    if (key !== undefined) return key;
  }
  return tree.container?.kind === "map" ? "component" : "component_type";
}

/** A component type as this file spells those of more than one word: `http_request` or `http-request`. */
export function spellType({ pipeline }: PipelineDocument, componentType: string): string {
  const written = pipeline.stages.flatMap(({ writtenType }) =>
    writtenType === null ? [] : [nameOf(writtenType.value)],
  );
  const isKebab = written.some((type) => type.includes("-")) && !written.some((type) => type.includes("_"));
  if (!isKebab) return componentType;
  const name = nameOf(componentType);
  return name.replaceAll("_", "-") + componentType.slice(name.length);
}

/** The type without its range of versions. */
function nameOf(type: string): string {
  const at = type.indexOf("@", 1);
  return at < 0 ? type : type.slice(0, at);
}

/** Whether stages of this file have their place among their own fields, and not in `layout`. */
export function hasInlinePositions({ pipeline }: PipelineDocument): boolean {
  const inline = pipeline.stages.filter(({ fields }) => fieldNamed(fields, "position") !== undefined).length;
  return inline > 0 && inline * 2 >= pipeline.stages.length && pipeline.layout.length === 0;
}
