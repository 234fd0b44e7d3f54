import {
  isTemplate,
  parseExpression,
  parseTemplate,
  plainReferences,
  type Reference,
  references,
} from "#core/expressions";
import { expressionRoots } from "../expression-roots.ts";
import type { Stage } from "../model.ts";
import type { DeferredFields } from "./deferred-fields.ts";
import { evaluatedTexts } from "./evaluated-texts.ts";

/** A name in an expression that may be that of a stage. */
export interface NamedStage {
  readonly name: string;
  /** True after `upstream.` or `stages.`, where only a stage can be meant; a bare name may be a variable. */
  readonly qualified: boolean;
  /** True in `outputs`, which are evaluated when the stage and its body have ended. */
  readonly afterBody: boolean;
}

const known = new WeakMap<DeferredFields, WeakMap<Stage, readonly NamedStage[]>>();

/** The names in all expressions of a stage, each once. Worked out once for each stage. */
export function namedStages(stage: Stage, deferredFields: DeferredFields): readonly NamedStage[] {
  let ofStages = known.get(deferredFields);
  if (ofStages === undefined) {
    ofStages = new WeakMap();
    known.set(deferredFields, ofStages);
  }
  let named = ofStages.get(stage);
  if (named === undefined) {
    named = readNames(stage, deferredFields);
    ofStages.set(stage, named);
  }
  return named;
}

function readNames(stage: Stage, deferredFields: DeferredFields): readonly NamedStage[] {
  const names = new Map<string, NamedStage>();
  for (const { node, field, afterBody } of evaluatedTexts(stage, deferredFields)) {
    if (field.kind === "template" && !isTemplate(node.value)) continue;
    for (const { root, path } of referencesIn(node.value, field.kind)) {
      const qualified = root === "upstream" || root === "stages";
      const name = qualified ? path[0] : root;
      if (
        typeof name !== "string" ||
        (!qualified && (expressionRoots.has(name) || field.names.includes(name)))
      )
        continue;
      names.set(`${name} ${qualified} ${afterBody}`, { name, qualified, afterBody });
    }
  }
  return [...names.values()];
}

function referencesIn(
  text: string,
  kind: "template" | "expression",
): readonly Pick<Reference, "root" | "path">[] {
  if (kind === "expression") return references(parseExpression(text));
  return plainReferences(text) ?? references(parseTemplate(text));
}
