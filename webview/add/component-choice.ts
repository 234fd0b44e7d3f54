import {
  type ComponentCategory,
  type ComponentColor,
  componentCategories,
  componentDefinitions,
  inputSchemaOf,
} from "#core/component-definitions";
import type { ComponentFace } from "#protocol";
import type { FieldSchemas } from "../inspector/form/field-schema.ts";

/** A component as people choose it for a new stage. */
export interface ComponentChoice {
  /** Canonical. */
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly color: ComponentColor;
  /** The heading it is listed under. */
  readonly group: string;
  readonly fields: FieldSchemas;
  readonly required: readonly string[];
}

const groupTitles: Readonly<Record<ComponentCategory, string>> = {
  ai: "AI",
  data: "Data",
  integration: "Integration",
  observability: "Observability",
  control: "Control flow",
};

/** All components that a stage can be of: the project's own first, then the built-in ones by category. */
export function componentChoices(own: Iterable<ComponentFace>): readonly ComponentChoice[] {
  const definitions = [...componentDefinitions.values()];
  const builtIn = componentCategories.flatMap((category) =>
    definitions
      .filter((definition) => definition.category === category)
      .map((definition) => {
        const { type, title, description, icon, color } = definition;
        const { properties, required } = inputSchemaOf(definition);
        const group = groupTitles[category];
        return { type, title, description, icon, color, group, fields: properties, required };
      }),
  );
  const ofProject = Array.from(own, (face) => {
    const { type, title, description, icon, color, required } = face;
    // The language server tells JSON Schemas; no more of them is looked at than a form does.
    const fields = face.fields as FieldSchemas;
    return { type, title, description, icon, color, group: "This project", fields, required };
  });
  return [...ofProject, ...builtIn];
}

/**
 * Components whose title, type or description holds every word of `query`, best first: titles that begin with it, then
 * titles and types, then the rest. Without a query, all in their order.
 */
export function searchComponents(
  choices: readonly ComponentChoice[],
  query: string,
): readonly ComponentChoice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = choices.flatMap((choice) => {
    const rank = rankOf(choice, words);
    return rank === null ? [] : [{ choice, rank }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ choice }) => choice);
}

function rankOf({ title, type, description }: ComponentChoice, words: readonly string[]): number | null {
  if (words.length === 0) return 0;
  const name = title.toLowerCase();
  const names = `${name}\n${type.toLowerCase()}`;
  const all = `${names}\n${description.toLowerCase()}`;
  if (!words.every((word) => all.includes(word))) return null;
  if (name.startsWith(words.join(" "))) return 0;
  return words.every((word) => names.includes(word)) ? 1 : 2;
}
