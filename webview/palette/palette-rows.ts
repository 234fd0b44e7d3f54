import { type ComponentChoice, searchComponents } from "../add/component-choice.ts";
import type { PaletteView } from "../model/palette-view.ts";

/** A line of the palette: a category that can be folded, or a component. */
export type PaletteRow =
  | {
      readonly kind: "category";
      readonly key: string;
      readonly title: string;
      readonly open: boolean;
      readonly count: number;
    }
  | {
      readonly kind: "component";
      readonly key: string;
      readonly choice: ComponentChoice;
      /** The key of its category; null where they are listed without. */
      readonly category: string | null;
      /** Whether those before it are of another category. */
      readonly startsCategory: boolean;
    };

/** With names and categories, or in a narrow editor icons alone. */
export type PaletteShape = "whole" | "icons";

/**
 * The lines of the palette: what was used last, then all by category; what is searched for alone, by how well it fits;
 * as icons, all of them.
 */
export function paletteRows(
  choices: readonly ComponentChoice[],
  { query, folded, recent }: PaletteView,
  shape: PaletteShape,
): readonly PaletteRow[] {
  if (shape === "icons") {
    return choices.map((choice, index) => component(choice, null, choices[index - 1]?.group));
  }
  if (query.trim() !== "") return searchComponents(choices, query).map((choice) => component(choice, null));
  const used = recent.flatMap((type) => choices.filter((choice) => choice.type === type));
  const categories = new Map<string, readonly ComponentChoice[]>();
  if (used.length > 0) categories.set("Recently used", used);
  for (const choice of choices) {
    categories.set(choice.group, [...(categories.get(choice.group) ?? []), choice]);
  }
  return [...categories].flatMap(([title, members]): readonly PaletteRow[] => {
    const open = !folded.includes(title);
    const heading: PaletteRow = { kind: "category", key: title, title, open, count: members.length };
    return open ? [heading, ...members.map((choice) => component(choice, title))] : [heading];
  });
}

function component(choice: ComponentChoice, category: string | null, groupBefore?: string): PaletteRow {
  return {
    kind: "component",
    key: `${category ?? ""}/${choice.type}`,
    choice,
    category,
    startsCategory: groupBefore !== undefined && groupBefore !== choice.group,
  };
}
