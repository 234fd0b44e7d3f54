import { type Expression, type Reference, references, wholeExpression } from "#core/expressions";
import type { StageAddress } from "#core/ports";
import type { InputPlan, ValuePlan } from "../../plan/input-plan.ts";
import { placeOfReference } from "./place-of-reference.ts";
import type { ProvenanceSource } from "./stage-events.ts";
import type { ValuePlace, ValueStep } from "./value-place.ts";

/** What the file has at a path of what it gives a stage. */
export type Written =
  /** No more and no less than what is at another place. */
  | { readonly kind: "reference"; readonly place: ValuePlace; readonly text: string }
  /** Made of what is at these places. */
  | { readonly kind: "expression"; readonly text: string; readonly places: readonly ValuePlace[] }
  | { readonly kind: "constant" }
  /** The file says nothing of it. */
  | { readonly kind: "nothing" };

/** What stands in the file for what is at `path` of these fields, as a stage saw it after the event `seq`. */
export function writtenAt(
  source: ProvenanceSource,
  fields: InputPlan["fields"],
  at: {
    readonly address: StageAddress;
    readonly seq: number;
    readonly path: readonly ValueStep[];
    /** What names that only these expressions see mean. */
    own?(root: string, path: readonly ValueStep[]): ValuePlace | null;
  },
): Written {
  const [first, ...rest] = at.path;
  const placesOf = (named: readonly Reference[], more: readonly ValueStep[]): readonly ValuePlace[] =>
    named.flatMap(({ root, path }) => {
      const steps = [...path, ...more];
      const place =
        at.own?.(root, steps) ?? placeOfReference(source, { at: at.address, seq: at.seq, root, path: steps });
      return place === null ? [] : [place];
    });
  const look = (plan: ValuePlan, path: readonly ValueStep[]): Written => {
    const [step, ...deeper] = path;
    switch (plan.kind) {
      case "constant":
        return { kind: "constant" };
      case "list": {
        const item = typeof step === "number" ? plan.items.at(step) : undefined;
        return item === undefined ? all(plan) : look(item, deeper);
      }
      case "object": {
        const member = plan.members.find(([key]) => key === step)?.[1];
        return member === undefined ? all(plan) : look(member, deeper);
      }
      case "template": {
        const { template } = plan;
        const named = references(template);
        const text = template.text.trim();
        const whole = wholeExpression(template)?.expression;
        const [only] = named;
        if (whole == null || only === undefined || !isPath(whole, only))
          return { kind: "expression", text, places: placesOf(named, []) };
        const [place] = placesOf([only], path);
        return place === undefined
          ? { kind: "expression", text, places: [] }
          : { kind: "reference", place, text };
      }
    }
  };
  const all = (plan: ValuePlan): Written => ({
    kind: "expression",
    text: "",
    places: placesOf(referencesIn(plan), []),
  });
  if (first === undefined)
    return {
      kind: "expression",
      text: "",
      places: placesOf(
        fields.flatMap(({ value }) => referencesIn(value)),
        [],
      ),
    };
  const field = fields.find((each) => each.field === first);
  return field === undefined ? { kind: "nothing" } : look(field.value, rest);
}

function referencesIn(plan: ValuePlan): readonly Reference[] {
  switch (plan.kind) {
    case "constant":
      return [];
    case "template":
      return references(plan.template);
    case "list":
      return plan.items.flatMap(referencesIn);
    case "object":
      return plan.members.flatMap(([, member]) => referencesIn(member));
  }
}

/** Whether an expression is a path of names and nothing else. */
export function isPath(expression: Expression, { start, end }: Reference): boolean {
  const { kind } = expression;
  return (
    (kind === "name" || kind === "member" || kind === "index" || kind === "method") &&
    expression.start === start &&
    expression.end === end
  );
}
