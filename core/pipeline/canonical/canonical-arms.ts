import { unitStart } from "../document/locate.ts";
import { shiftSpan } from "../document/shift.ts";
import type { Stage } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { readTrivia } from "../written/read-trivia.ts";
import { withColon } from "../written/read-written.ts";
import { type Comment, noTrivia, type Trivia } from "../written/written-json.ts";
import type { Renaming } from "./rewrite-references.ts";

/** What becomes of the lists of stages that a stage has. */
export interface CanonicalArms {
  /** What stands around each stage that is written inside it, by the stage's id. */
  readonly nested: ReadonlyMap<string, Trivia>;
  /** Comments that stay behind where a body moves away, by the offset of the body. */
  readonly left: ReadonlyMap<number, readonly Comment[]>;
}

/** Turns bodies and single ids into lists of ids, which it adds to `replaced`, and gives the ids their new names. */
export function canonicalArms(
  stage: Stage,
  { document, ids }: Renaming,
  replaced: Map<number, string>,
): CanonicalArms {
  const base = unitStart(document, stage);
  const nested = new Map<string, Trivia>();
  const left = new Map<number, readonly Comment[]>();
  armFields(stage).forEach(({ field: { value } }, index) => {
    const members = stage.arms[index]?.stages ?? [];
    const names = members.map(({ value: id }) => JSON.stringify(ids.get(id) ?? id));
    if (value.kind === "array") {
      members.forEach(({ value: id, span }) => {
        if (ids.has(id) && ids.get(id) !== id) replaced.set(span.start + base, JSON.stringify(ids.get(id)));
      });
    } else if (value.kind === "object") {
      const container = shiftSpan(value.span, base);
      const spans = value.properties.map(({ span }) => shiftSpan(span, base));
      const { each, end } = readTrivia(document.text, container, spans);
      members.forEach(({ value: id }, at) => {
        const property = value.properties[at];
        if (property === undefined) return;
        const { keySpan, value: body } = property;
        const trivia = each[at] ?? noTrivia;
        nested.set(
          id,
          withColon(document.text, trivia, shiftSpan(keySpan, base), shiftSpan(body.span, base)),
        );
      });
      if (end.length > 0) left.set(container.start, end);
      replaced.set(container.start, `[${names.join(", ")}]`);
    } else if (value.kind === "string" && members.length > 0) {
      replaced.set(value.span.start + base, `[${names.join(", ")}]`);
    }
  });
  return { nested, left };
}
