import { inputSchemaOf } from "#core/component-definitions";
import type { OwnComponents } from "#host";
import type { ComponentFace } from "#protocol";

/**
 * What a canvas shows of components, and what it lets people fill in; those that cannot be used look like the unknown
 * ones that they are.
 */
export function facesOf({ definitions }: OwnComponents): readonly ComponentFace[] {
  return [...definitions.values()]
    .filter(({ unusable }) => unusable === null)
    .map((definition) => {
      const { type, title, icon, color, description } = definition;
      const { properties, required } = inputSchemaOf(definition);
      return { type, title, icon, color, description, fields: properties, required };
    });
}
